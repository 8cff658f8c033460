const fc = require('fast-check');

/** For one mutant: as many cases as mostly are enough, and no search for the smallest that fails. */
fc.configureGlobal({ endOnFailure: true, numRuns: 20 });
