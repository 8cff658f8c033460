import { NodeOperationError } from 'n8n-workflow';
import type { IDataObject } from 'n8n-workflow';

import { CancelledError } from '../../transport/cancellation';
import { createRequester, RequestError, wasNotAccepted } from '../../transport/request';
import type { Requester } from '../../transport/request';
import { settled } from '../../transport/settled';
import type { Run } from '../operation';
import { together } from '../together';
import { readAnswer, readRefusal } from './answer';
import type { Said } from './answer';
import type { Carrier } from './carrier';
import { isRetryOfCrash } from './crash';
import { missingItems } from './missingItems';
import type { Outcome } from './outcome';
import type { Person } from './person';
import { SentBefore } from './sentBefore';
import type { Try } from './sentBefore';
import { isTooLarge } from './tooLarge';
import { listed, reworded } from './wording';

interface Ask<P> {
	run: Run;
	/** Whom the item describes, or why it does not. */
	person?: P;
	error?: unknown;
}

interface Letter<P> {
	itemIndex: number;
	person: P;
}

/**
 * Sends the people of all input items, each once, one request at a time. Nothing is sent of an execution
 * that stops on errors when one of its items is wrong; nothing more is sent after a request that failed.
 *
 * @returns the json of this item. Throws what belongs to this item, or to the execution as a whole
 */
export const deliver = async <P extends Person>(
	run: Run,
	carrier: Carrier<P>,
	read: () => P,
): Promise<IDataObject> => {
	const execution = run.context.getExecuteData();
	const outcomes = await together(execution, carrier.name, askOf(run, read), async (asks) => {
		const memory = SentBefore.of(asks[0].run.context);
		const indexes = asks.map(({ run: { itemIndex } }) => itemIndex);
		const current = memory.tryOf(execution, indexes);
		const turn = current.tail.then(
			async () => await new Delivery(carrier, asks, memory, current).work(),
		);
		current.tail = turn.catch(() => undefined);
		return await turn;
	});
	const outcome = outcomes.get(run.itemIndex)!;
	if (outcome.kind === 'done') return outcome.json;
	throw outcome.error;
};

const askOf = <P>(run: Run, read: () => P): Ask<P> => {
	try {
		return { run, person: read() };
	} catch (error) {
		return { run, error };
	}
};

/** What is sent of one turn of the event loop. */
class Delivery<P extends Person> {
	private readonly outcomes = new Map<number, Outcome>();
	private readonly stopsOnError: boolean;
	private readonly run: Run;
	private readonly execution: object;

	constructor(
		private readonly carrier: Carrier<P>,
		private readonly asks: ReadonlyArray<Ask<P>>,
		private readonly memory: SentBefore,
		private readonly current: Try,
	) {
		this.run = asks[0].run;
		this.stopsOnError = !this.run.context.continueOnFail();
		this.execution = this.run.context.getExecuteData();
	}

	/** @returns what became of each item. Throws CancelledError when the execution was stopped */
	async work(): Promise<Map<number, Outcome>> {
		if (this.memory.isNew && isRetryOfCrash(this.run.context)) this.endForCrash();
		const letters = this.letters();
		if (this.stopsOnError) this.holdBackUnlessAllAreRight(letters);
		const waiting = letters.filter(({ itemIndex }) => !this.outcomes.has(itemIndex));
		if (waiting.length > 0 && !this.current.end) await this.sendAll(waiting);
		this.closeRest(waiting);
		return this.outcomes;
	}

	/** Nobody can tell whom an execution sent that ended with n8n itself. */
	private endForCrash(): void {
		const { carrier } = this;
		this.end(
			this.nodeError(
				`n8n was ended while it ran this execution, and has not saved who was ${carrier.done}: nobody is sent by a retry`,
				`${carrier.whereToLook} Then start the workflow anew with those who are not there.`,
			),
			this.run.itemIndex,
		);
	}

	/** Those who can be sent. The others get their outcomes: wrong items, doubles, and who was sent by an earlier try. */
	private letters(): Array<Letter<P>> {
		const letters: Array<Letter<P>> = [];
		for (const { run, person, error } of this.asks) {
			const { itemIndex } = run;
			if (!person) {
				this.outcomes.set(itemIndex, { kind: 'failed', error });
				continue;
			}
			const names = this.namesOf(person);
			const found = this.memory.find(names);
			const isOwn = found && this.memory.isSame(found.sent, this.execution, itemIndex, names);
			if (found && isOwn) {
				const { outcome } = found.sent;
				this.outcomes.set(itemIndex, outcome);
				if (outcome.kind === 'done') this.current.done.push(person.externalId);
				continue;
			}
			const name = found?.name ?? names.find((one) => this.current.claimed.has(one));
			if (name === undefined) {
				for (const one of names) this.current.claimed.set(one, itemIndex);
				letters.push({ itemIndex, person });
				continue;
			}
			const other = found ? found.sent.itemIndex : this.current.claimed.get(name)!;
			const isOtherRun = found !== undefined && found.sent.run !== this.execution;
			this.outcomes.set(itemIndex, {
				kind: 'failed',
				error: this.doubled(person, itemIndex, name, other, isOtherRun),
			});
		}
		return letters;
	}

	/** By these nobody may come twice: the external ID, and each number in its place. */
	private namesOf(person: P): string[] {
		const place = this.carrier.placeOf(person);
		return [
			JSON.stringify(['externalId', person.externalId]),
			...person.phones.map((phone) => JSON.stringify(['phone', phone, place])),
		];
	}

	private doubled(
		{ externalId }: P,
		itemIndex: number,
		name: string,
		other: number,
		isOtherRun: boolean,
	): NodeOperationError {
		const [kind, value, place] = JSON.parse(name) as string[];
		const what =
			kind === 'externalId'
				? `"External ID" ${JSON.stringify(value)} is given twice`
				: `"Phone" ${value} is given twice${place ? ` for ${place}` : ''}`;
		const where = isOtherRun ? 'of an earlier run of this node in this execution' : '';
		return this.nodeError(
			`${what}: by item ${other}${where && ` ${where}`} and by item ${itemIndex} (external ID ${JSON.stringify(externalId)})`,
			'Nobody is sent twice in one execution. Remove one of the items, e.g. with the node Remove Duplicates. Items are counted from 0.',
			itemIndex,
		);
	}

	/** When one item is wrong, or never came this far, an execution that stops on errors sends nothing at all. */
	private holdBackUnlessAllAreRight(letters: ReadonlyArray<Letter<P>>): void {
		if (this.current.end) return;
		// Of unknown outcome are those of an earlier try, after which nothing more is sent.
		const wrong = [...this.outcomes].find(([, { kind }]) => kind !== 'done');
		if (wrong) {
			const [itemIndex] = wrong;
			const { error } = wrong[1] as { error: unknown };
			const { message, description } = error as { message: string; description?: string };
			this.end(
				this.nodeError(
					`Item ${itemIndex}: ${message}`,
					`${description ?? ''} ${this.nothingSent()}`,
					itemIndex,
				),
				itemIndex,
			);
			return;
		}
		const missing = missingItems(this.run.context, this.asks.length);
		if (missing === 0) return;
		// n8n has thrown already, and waits for none of these: an error of ours would be nobody's.
		const error = `${missing} of ${missing + this.asks.length} input items could not be read. ${this.nothingSent()}`;
		for (const { itemIndex, person } of letters)
			this.outcomes.set(itemIndex, {
				kind: 'done',
				json: { externalId: person.externalId, error },
			});
	}

	private nothingSent(): string {
		const { done } = this.current;
		return done.length === 0
			? 'Nothing was sent to TWIN24.'
			: `Nothing more was sent to TWIN24. Already ${this.carrier.done}: ${listed(done)}.`;
	}

	/** All groups in the order of their first items, one request after the other. */
	private async sendAll(letters: ReadonlyArray<Letter<P>>): Promise<void> {
		const { context, connection, itemIndex } = this.run;
		const signal = context.getExecutionCancelSignal();
		const requester = await createRequester(context, {
			parallelRequests: 4,
			order: itemIndex,
			connection,
		});
		const groups = new Map<string, Array<Letter<P>>>();
		for (const letter of letters) {
			const key = this.carrier.groupOf(letter.person);
			const group = groups.get(key);
			if (group) group.push(letter);
			else groups.set(key, [letter]);
		}
		for (const group of groups.values()) {
			if (this.current.end) return;
			await this.sendGroup(requester, group, signal);
		}
	}

	private async sendGroup(
		requester: Requester,
		group: ReadonlyArray<Letter<P>>,
		signal?: AbortSignal,
	): Promise<void> {
		const people = peopleOf(group);
		let size = Math.max(1, this.carrier.batchSizeOf(people));
		const readiness = await settled(this.carrier.ready(requester, people, signal));
		if (readiness.status === 'rejected') {
			if (readiness.reason instanceof CancelledError) throw readiness.reason;
			this.fail(group, 'failed', readiness.reason, true);
			return;
		}
		for (let at = 0; at < group.length && !this.current.end;) {
			const some = group.slice(at, at + size);
			const sent = await this.sendSome(requester, some, at + some.length >= group.length);
			// Refused as a whole for its size, so nobody of it was taken: once more in smaller parts.
			if (sent === 'tooLarge') size = Math.ceil(some.length / 2);
			else at += some.length;
		}
	}

	/** One request. */
	private async sendSome(
		requester: Requester,
		some: ReadonlyArray<Letter<P>>,
		isLast: boolean,
	): Promise<'sent' | 'tooLarge'> {
		const people = peopleOf(some);
		const answer = await settled(
			this.carrier.send(requester, people, isLast, (body) => readAnswer(body, people)),
		);
		if (answer.status === 'fulfilled') {
			this.take(some, answer.value, isLast);
			return 'sent';
		}
		const error: unknown = answer.reason;
		if (some.length > 1 && isTooLarge(error)) return 'tooLarge';
		if (error instanceof CancelledError) {
			// The answer is never seen, and the execution ends.
			this.settle(some, () => ({ kind: 'unknown', error }));
			throw error;
		}
		const isCertain = error instanceof RequestError && !error.outcomeUnknown;
		this.fail(some, isCertain ? 'failed' : 'unknown', error, isLast);
		return 'sent';
	}

	/** Gives each of them what was said. */
	private take(some: ReadonlyArray<Letter<P>>, said: readonly Said[], isLast: boolean): void {
		const { carrier, current } = this;
		this.settle(some, ({ person }, index) => {
			const one = said[index];
			if (one.kind === 'taken') {
				current.done.push(person.externalId);
				return {
					kind: 'done',
					json: {
						externalId: person.externalId,
						phone: person.phones[0],
						phones: person.phones,
						...carrier.itemOf(person, one),
					},
				};
			}
			if (one.kind === 'refused')
				return {
					kind: 'failed',
					error: this.nodeError(
						`TWIN24 did not take the contact ${JSON.stringify(person.externalId)}: ${one.words}`,
						'Check the phone number and the other values of this item.',
					),
				};
			return {
				kind: 'unknown',
				error: this.nodeError(
					`${one.words}: the contact ${JSON.stringify(person.externalId)} may or may not have been ${carrier.done}`,
					carrier.whereToLook,
				),
			};
		});
		if (!this.stopsOnError) return;
		const failed = some.filter(({ itemIndex }) => this.outcomes.get(itemIndex)?.kind !== 'done');
		if (failed.length === 0) return;
		const [{ itemIndex }] = failed;
		const first = this.outcomes.get(itemIndex) as { error: NodeOperationError };
		const unsure = failed.filter(
			(letter) => this.outcomes.get(letter.itemIndex)?.kind === 'unknown',
		);
		const refused = failed.filter((letter) => !unsure.includes(letter));
		this.end(
			this.nodeError(
				first.error.message,
				[
					first.error.description,
					this.listing(unsure, `May or may not have been ${carrier.done}`),
					this.listing(refused, 'Not taken'),
					isLast ? '' : carrier.consequence(peopleOf(some), 'failed'),
					...this.summary(),
				]
					.filter(Boolean)
					.join(' '),
				itemIndex,
			),
			itemIndex,
		);
	}

	/** A whole request failed. */
	private fail(
		some: ReadonlyArray<Letter<P>>,
		kind: 'failed' | 'unknown',
		error: unknown,
		isLast: boolean,
	): void {
		const { carrier } = this;
		const what =
			kind === 'unknown' ? `may or may not have been ${carrier.done}` : `was not ${carrier.done}`;
		const where = kind === 'unknown' ? ` ${carrier.whereToLook}` : '';
		const culprits = kind === 'failed' ? culpritsOf(some, error) : new Map<Letter<P>, unknown>();
		const named = this.listing([...culprits.keys()], "TWIN24's refusal names");
		const together =
			some.length > 1
				? ` It was sent together with ${some.length - 1} others, ${named === '' ? 'to which the same happened.' : `none of whom was taken. ${named} ${CORRECT}`}`
				: '';
		// What the last request of a group was to do besides is undone, too.
		const more =
			isLast || this.stopsOnError
				? carrier.consequence(peopleOf(some), isLast ? kind : 'failed')
				: '';
		this.settle(some, (letter) => ({
			kind,
			error: reworded(
				culprits.get(letter) ?? error,
				[
					`The contact ${JSON.stringify(letter.person.externalId)} ${what}.${where}${together}`,
					more,
				]
					.filter(Boolean)
					.join(' '),
			),
		}));
		const isForAll = error instanceof RequestError && FOR_ALL.has(error.status ?? 0);
		if (!this.stopsOnError && !isForAll) return;
		const these =
			kind === 'unknown' ? `May or may not have been ${carrier.done}` : `Not ${carrier.done}`;
		this.end(
			reworded(
				[...culprits.values()][0] ?? error,
				[named && `${named} ${CORRECT}`, this.listing(some, these) + where, more, ...this.summary()]
					.filter(Boolean)
					.join(' '),
			),
			some[0].itemIndex,
		);
	}

	/** Nothing more is sent in this try. */
	private end(error: unknown, itemIndex: number): void {
		this.current.end ??= { error, itemIndex };
	}

	/** Those who have no outcome yet, and all errors of an execution that stops: n8n shows the first item's. */
	private closeRest(waiting: ReadonlyArray<Letter<P>>): void {
		const { end } = this.current;
		if (!end) return;
		const unsent = waiting.filter(({ itemIndex }) => !this.outcomes.has(itemIndex));
		const listing = this.listing(unsent, 'Not sent');
		const whole = listing === '' ? end.error : reworded(end.error, listing);
		for (const { run, person } of this.asks) {
			const { itemIndex } = run;
			const outcome = this.outcomes.get(itemIndex);
			if (outcome?.kind === 'done') continue;
			if (this.stopsOnError) this.outcomes.set(itemIndex, { kind: 'failed', error: whole });
			else if (!outcome)
				this.outcomes.set(itemIndex, {
					kind: 'failed',
					error: reworded(
						end.error,
						`The contact ${JSON.stringify(person?.externalId)} was not sent.`,
						true,
					),
				});
		}
	}

	private settle(
		some: ReadonlyArray<Letter<P>>,
		outcomeOf: (letter: Letter<P>, index: number) => Outcome,
	): void {
		for (const [index, letter] of some.entries()) {
			const outcome = outcomeOf(letter, index);
			const { itemIndex, person } = letter;
			this.outcomes.set(itemIndex, outcome);
			if (outcome.kind !== 'failed')
				this.memory.remember(this.namesOf(person), this.execution, itemIndex, outcome);
		}
	}

	private summary(): string[] {
		const { done } = this.current;
		return done.length === 0 ? [] : [`Already ${this.carrier.done}: ${listed(done)}.`];
	}

	private listing(some: ReadonlyArray<Letter<P>>, what: string): string {
		return some.length === 0
			? ''
			: `${what}: ${listed(some.map(({ person }) => person.externalId))}.`;
	}

	private nodeError(message: string, description: string, itemIndex?: number): NodeOperationError {
		return new NodeOperationError(this.run.context.getNode(), message, {
			description: description.trim(),
			itemIndex,
		});
	}
}

/** Refusals that the next request would meet as well: the login, the balance, the rights. */
const FOR_ALL = new Set([401, 402, 403]);

const peopleOf = <P>(letters: ReadonlyArray<Letter<P>>): P[] => letters.map(({ person }) => person);

/** What to do when a refusal names somebody. */
const CORRECT = 'Correct it, or leave it out, and send the others again.';

/** Those whom the refusal of a request with several people names, each with the error that says so. */
const culpritsOf = <P extends Person>(
	some: ReadonlyArray<Letter<P>>,
	error: unknown,
): Map<Letter<P>, RequestError> => {
	const culprits = new Map<Letter<P>, RequestError>();
	if (some.length < 2 || !(error instanceof RequestError) || !wasNotAccepted(error))
		return culprits;
	for (const [index, words] of readRefusal(error.body, peopleOf(some))) {
		const { externalId } = some[index].person;
		const message = `TWIN24 did not take the contact ${JSON.stringify(externalId)}: ${words} (HTTP ${error.status})`;
		culprits.set(some[index], error.reworded({ message }));
	}
	return culprits;
};
