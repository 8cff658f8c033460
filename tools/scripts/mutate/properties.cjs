const fc = require('fast-check');

require('../../../test/support/properties.cjs');

/** For one mutant no search for the smallest case that fails. */
fc.configureGlobal({ ...fc.readConfigureGlobal(), endOnFailure: true });
