const { execFile } = require('node:child_process');
const { rm } = require('node:fs/promises');
const { dest, series, src } = require('gulp');

/** What the compiler leaves behind: icons, codex files and output schemas. */
const STATIC_FILES = ['nodes/**/*.{png,svg,json}', 'credentials/**/*.{png,svg}'];

const clean = () => rm('dist', { recursive: true, force: true });

const compile = (done) =>
	execFile(
		process.execPath,
		[require.resolve('typescript/bin/tsc'), '-p', 'tsconfig.build.json'],
		(error, stdout) => done(error && new Error(stdout || error.message)),
	);

// `encoding: false` keeps gulp 5 from re-encoding images as text.
const copyStatic = () => src(STATIC_FILES, { base: '.', encoding: false }).pipe(dest('dist'));

exports.static = copyStatic;
exports.build = series(clean, compile, copyStatic);
