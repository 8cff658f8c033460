// Plain old JavaScript, so that a Node too old for the rest can still say so.
'use strict';

var path = require('path');
var fs = require('fs');

var needed = [20, 19];
var version = process.versions.node.split('.').map(Number);

function give(advice) {
	console.error('\n' + advice);
	process.exit(1);
}

if (version[0] < needed[0] || (version[0] === needed[0] && version[1] < needed[1])) {
	give(
		'This needs Node ' +
			needed.join('.') +
			' or newer, and runs on ' +
			process.versions.node +
			'. Install a newer Node from nodejs.org, then run "npm ci" and "npm start" again.',
	);
} else if (!fs.existsSync(path.join(__dirname, '../..', 'node_modules', 'tsx', 'package.json'))) {
	give('The project’s own packages are not installed yet. Run "npm ci", then "npm start" again.');
} else {
	require('tsx/cjs');
	require('./start.ts').main();
}
