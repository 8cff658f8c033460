/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a developer's tool: writes files */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

import { schemaFiles } from './schemas/schemaFiles';

/** Writes the output schemas anew from the catalogue of fields: `npm run schemas`. */
for (const [path, content] of Object.entries(schemaFiles())) {
	const file = resolve(__dirname, '../..', path);
	mkdirSync(dirname(file), { recursive: true });
	writeFileSync(file, content);
}
