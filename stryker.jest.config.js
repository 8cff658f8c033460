/**
 * The unit tests that are written case by case, for mutation testing: `npm run mutate`. A property takes
 * minutes to see one mutant, which makes hours of a file.
 */
const { projects, testTimeout } = require('./jest.config.js');

const { displayName, ...unit } = projects.find(({ displayName }) => displayName === 'unit');

module.exports = { ...unit, testTimeout, testPathIgnorePatterns: ['\\.property\\.test\\.ts$'] };
