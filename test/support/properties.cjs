const fc = require('fast-check');

const { PROPERTY_SEED, PROPERTY_RUNS } = process.env;

/**
 * Every run draws the same cases, so that a red one is the doing of what was changed. Others are searched
 * by `npm run properties`, which names the seed here.
 */
fc.configureGlobal({
	seed: Number(PROPERTY_SEED ?? 20_261_125),
	...(PROPERTY_RUNS ? { numRuns: Number(PROPERTY_RUNS) } : {}),
});
