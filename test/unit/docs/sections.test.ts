import { GUIDES, textOf } from './guides';

/** The levels of the headings, in their order: 1, 2, 2, 3, … */
const levelsOf = (path: string): number[] =>
	[...textOf(path).matchAll(/^(#+) /gm)].map(([, marks]) => marks.length);

test('both guides have the same sections', () => {
	const [english, russian] = GUIDES.map(levelsOf);
	expect(russian).toEqual(english);
});
