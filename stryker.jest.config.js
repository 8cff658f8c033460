/** The unit tests alone, for mutation testing: `npm run mutate`. */
const { projects, testTimeout } = require('./jest.config.js');

const { displayName, ...unit } = projects.find(({ displayName }) => displayName === 'unit');

module.exports = { ...unit, testTimeout };
