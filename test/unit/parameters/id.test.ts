import { idOf } from '../../../nodes/Twin24/parameters/id';
import { refusal } from './refusal';

const ID = '99c5b0fe-fa95-40e8-8a47-f90774c336cd';
const OTHER_ID = '819206ed-2391-4e8d-b8c3-8ec6ebf08f20';

describe('an ID', () => {
	test("is the API's, in small letters and without spaces around it", () => {
		expect(idOf('Call ID', ` ${ID.toUpperCase()}\n`)).toBe(ID);
	});

	test.each([
		['abc'],
		[ID.slice(1)],
		[`${ID}0`],
		[`{${ID}}`],
		[`${ID},${OTHER_ID}`],
		[ID.replace('9', 'g')],
		[42],
		[true],
		[{ id: ID }],
		[[ID]],
	])('is not %p', (value) => {
		expect(refusal(() => idOf('Call ID', value))).toMatch(
			/^"Call ID" is not an ID: .+ \| An ID looks like 99c5b0fe-/,
		);
	});

	test.each([[''], ['  '], [undefined], [null]])('is not empty (%p)', (value) => {
		expect(refusal(() => idOf('Call ID', value, 'The remedy.'))).toMatch(
			/^"Call ID" is empty \| The remedy\.$/,
		);
	});
});
