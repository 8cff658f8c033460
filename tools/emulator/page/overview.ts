import type { Dialler } from '../dialling/dialler';
import type { Task } from '../dialling/types';
import type { DeliveryAttempt } from '../webhooks/deliveries';

/** Lines of the longer tables. */
const LINES = 200;

const SIGNS: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

const escaped = (value: unknown) => String(value ?? '').replace(/[&<>"]/g, (sign) => SIGNS[sign]);

function table(caption: string, heads: string[], rows: unknown[][]): string {
	const head = heads.map((text) => `<th>${escaped(text)}</th>`).join('');
	const body = rows
		.map((row) => `<tr>${row.map((cell) => `<td>${escaped(cell)}</td>`).join('')}</tr>`)
		.join('\n');
	return `<h2>${escaped(caption)}</h2>\n<table><tr>${head}</tr>\n${body}</table>\n`;
}

/** The page of `GET /`: who is in which task, and who was dialled. Looks again every five seconds. */
export function overview(
	dialler: Dialler,
	webhooks: readonly DeliveryAttempt[],
	calls: number,
): string {
	const { sent, dialled, people } = dialler.ledger();
	const name = (taskId: string) => dialler.task(taskId)?.name ?? taskId;
	const newest = <T>(list: readonly T[]) => list.slice(-LINES).reverse();
	const tasks = [...dialler.tasks].sort((a, b) => b.updatedAt - a.updatedAt);
	return `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="refresh" content="5">
<title>TWIN24 emulator</title>
<style>
body { font: 14px/1.4 sans-serif; margin: 2em; color: #222 }
table { border-collapse: collapse; margin-bottom: 1em }
td, th { border: 1px solid #ccc; padding: 2px 8px; text-align: left }
th { background: #eee }
</style></head><body>
<h1>TWIN24 emulator</h1>
<p>An imitation for tests and demos: nobody is really phoned. ${calls} calls in the report,
${sent.length} people sent, ${dialled.length} calls dialled.</p>
${table(
	'Tasks',
	['Name', 'Status', 'People', 'Waiting', 'Calls', 'ID'],
	tasks.map((task) => taskRow(dialler, task)),
)}
${table(
	'Dialled, latest first',
	['At', 'Task', 'Phone', 'External ID', 'Attempt', 'Result', 'Seconds'],
	newest(dialled).map(({ at, taskId, phone, externalId, attempt, status, call }) => [
		at,
		name(taskId),
		phone,
		externalId,
		attempt,
		status,
		call.duration,
	]),
)}
${table(
	'People in tasks, latest first',
	['Task', 'Phones', 'External ID', 'Status', 'Calls', 'Last result'],
	newest(dialler.candidates).map(({ taskId, phones, externalId, status, attempts }) => [
		name(taskId),
		phones.join(', '),
		externalId,
		status,
		attempts.length,
		attempts.at(-1)?.status,
	]),
)}
${table(
	'Webhooks, latest first',
	['At', 'Event', 'To', 'Try', 'Answer'],
	newest(webhooks).map(({ at, event, url, attempt, status, error }) => [
		at,
		event,
		// The rest of the address may hold a secret.
		new URL(url).origin,
		attempt,
		status ?? error,
	]),
)}
${table(
	'Sent more than once',
	['Person', 'Times sent', 'Times accepted', 'Times dialled'],
	people
		.filter((person) => person.sent > 1)
		.map(({ person, ...line }) => [person, line.sent, line.accepted, line.dialled]),
)}
</body></html>
`;
}

function taskRow(dialler: Dialler, task: Task): unknown[] {
	const people = dialler.peopleOf(task);
	const waiting = people.filter(({ status }) => status === 'WAITING').length;
	const calls = dialler.callsOf(task).length;
	return [task.name, task.status, people.length, waiting, calls, task.id];
}
