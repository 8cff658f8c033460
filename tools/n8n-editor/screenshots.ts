/* eslint-disable @n8n/community-nodes/no-restricted-imports -- keeps pictures on the developer's machine, never published */
import { join } from 'node:path';

import { REPOSITORY } from '../n8n-host';

/** Where every step of a walk through the editor leaves its picture. */
export const SCREENSHOTS = join(REPOSITORY, '.cache', 'screenshots');

/** The file of a step's picture. */
export const screenshotOf = (step: string): string => join(SCREENSHOTS, `${step}.png`);

/** The step that shows an example: `backfill/plan.json` -> `example-backfill-plan`. */
export const exampleStep = (file: string): string =>
	`example-${file.replace(/\.json$/, '').replaceAll(/[\\/]/g, '-')}`;
