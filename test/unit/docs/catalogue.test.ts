import { catalogueDocuments, withTables } from '../../../tools/scripts/docs/catalogueTables';
import { GUIDES, textOf } from './guides';

test('both guides have tables of the fields and the statuses', () => {
	expect(catalogueDocuments().map(({ path }) => path)).toEqual(GUIDES);
});

test.each(catalogueDocuments())(
	'the tables in $path are as the catalogue says; "npm run docs:fields" writes them anew',
	(document) => {
		const text = textOf(document.path);
		expect(withTables(text, document)).toBe(text);
	},
);

test('a guide that has lost its markers is not passed over', () => {
	const [document] = catalogueDocuments();
	expect(() => withTables('# No markers', document)).toThrow('README.md has lost its markers');
});
