/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a developer's tool: writes files */
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';

import { catalogueDocuments, withTables } from './docs/catalogueTables';

/** Writes the tables of fields and statuses anew into the guides: `npm run docs:fields`. */
for (const document of catalogueDocuments()) {
	const file = resolve(__dirname, '../..', document.path);
	writeFileSync(file, withTables(readFileSync(file, 'utf8'), document));
}
