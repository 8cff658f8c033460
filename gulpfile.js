const { spawn } = require('node:child_process');
const { rm } = require('node:fs/promises');
const { dest, series, src, watch } = require('gulp');

/** What the compiler leaves behind: icons, codex files and output schemas. */
const STATIC_FILES = ['nodes/**/*.{png,svg,json}', 'credentials/**/*.{png,svg}'];

/** Where the built package goes; `npm run dev` has n8n's own folder for it. */
const DIST = process.env.TWIN24_DIST ?? 'dist';

const clean = () => rm(DIST, { recursive: true, force: true });

const compile = () =>
	spawn(
		process.execPath,
		[require.resolve('typescript/bin/tsc'), '-p', 'tsconfig.build.json', '--outDir', DIST],
		{ stdio: 'inherit' },
	);

// `encoding: false` keeps gulp 5 from re-encoding images as text.
const copyStatic = () => src(STATIC_FILES, { base: '.', encoding: false }).pipe(dest(DIST));

exports.static = copyStatic;
exports.build = series(clean, compile, copyStatic);
/** Copies again whatever changes; `npm run dev` has tsc watch the rest. */
exports.watch = () => watch(STATIC_FILES, copyStatic);
