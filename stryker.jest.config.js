/** The unit tests alone, for mutation testing: `npm run mutate`. */
const { projects, testTimeout } = require('./jest.config.js');

// Each mutant meets the properties anew: a few hundred cases are enough to see most of them.
process.env.PAGING_RUNS ??= '200';

const { displayName, ...unit } = projects.find(({ displayName }) => displayName === 'unit');

module.exports = { ...unit, testTimeout };
