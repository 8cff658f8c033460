import { parseFlatted } from '../../../../tools/n8n-host/flatted';

describe('parseFlatted', () => {
	it('puts values back where their numbers stand', () => {
		const text =
			'[{"name":"1","list":"2","count":3,"none":null,"yes":true},"Анна",["1","3"],{"deep":"4"},""]';

		expect(parseFlatted(text)).toEqual({
			name: 'Анна',
			list: ['Анна', { deep: '' }],
			count: 3,
			none: null,
			yes: true,
		});
	});

	it('keeps a text of digits a text', () => {
		expect(parseFlatted('[{"phone":"1"},"79990000000"]')).toEqual({ phone: '79990000000' });
	});

	it('joins what was joined, cycles too', () => {
		const read = parseFlatted<{ self: unknown; a: object; b: object }>(
			'[{"self":"0","a":"1","b":"1"},{"x":1}]',
		);

		expect(read.self).toBe(read);
		expect(read.a).toBe(read.b);
	});
});
