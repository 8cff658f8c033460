const fc = require('fast-check');

/** For one mutant no search for the smallest case that fails. */
fc.configureGlobal({ ...fc.readConfigureGlobal(), endOnFailure: true });
