import { isTooLarge } from '../../../../nodes/Twin24/resources/contact/tooLarge';
import { RequestError } from '../../../../nodes/Twin24/transport/request';

const refusal = (status: number, apiWords?: string, outcomeUnknown = false) =>
	new RequestError({ message: '', description: '', status, apiWords, outcomeUnknown });

test.each([
	[413, undefined],
	[400, 'Слишком много записей.: Не более 100 клиентов в одном запросе (batch size).'],
	[400, 'Too many candidates'],
	[422, 'The batch may have at most 500 entries'],
])('HTTP %i "%s" is about size', (status, words) => {
	expect(isTooLarge(refusal(status, words))).toBe(true);
});

test.each([
	[400, undefined],
	[422, 'Ошибка валидации.: Неверный номер.'],
	[400, 'phone must be a valid number'],
	[404, 'Слишком много записей.'],
	[500, 'Too many candidates'],
])('HTTP %i "%s" is not', (status, words) => {
	expect(isTooLarge(refusal(status, words))).toBe(false);
});

test('nothing of unknown outcome is: it may have been carried out', () => {
	expect(isTooLarge(refusal(413, undefined, true))).toBe(false);
	expect(isTooLarge(new Error('too many'))).toBe(false);
});
