import type { DialEvent, WebhookUrl } from '../dialling/types';
import type { Readings } from '../readings';
import { hookBodies } from './bodies';
import type { HookBody } from './bodies';
import type { Deliveries, Delivery } from './deliveries';

/** Turns what the dialler tells into webhooks of the tasks that want them. */
export class Hooks {
	private told: DialEvent[] = [];

	constructor(
		private readonly deliveries: Deliveries,
		private readonly readings: Readings,
	) {}

	/** For `Dialler.listen`. What is told in one go (an attempt and its consequences) is one series. */
	readonly hear = (event: DialEvent): void => {
		this.told.push(event);
		if (this.told.length === 1) queueMicrotask(() => this.flush());
	};

	private flush(): void {
		const series = new Map<string, Delivery[]>();
		for (const event of this.told.splice(0)) {
			for (const url of event.task.settings.webhookUrls ?? []) {
				const key = `${seriesOf(event)} ${addressOf(url)}`;
				const wanted = hookBodies(event, this.readings)
					.filter((body) => isWanted(url, body, this.readings))
					.map((body) => this.delivery(url, body));
				series.set(key, [...(series.get(key) ?? []), ...wanted]);
			}
		}
		const isReversed = this.readings.hookOrder === 'outOfOrder';
		for (const [key, list] of series) this.deliveries.send(isReversed ? list.reverse() : list, key);
	}

	private delivery(url: WebhookUrl, body: HookBody): Delivery {
		const { hookLate, hookTimes } = this.readings;
		return {
			url: addressOf(url),
			body,
			delay: hookLate + (typeof url === 'string' ? 0 : (url.delay ?? 0)),
			twice: hookTimes === 'twice',
		};
	}
}

/** Whose story the event belongs to: the person's, or the task's own. */
const seriesOf = (event: DialEvent) =>
	event.kind === 'status' ? event.task.id : event.candidate.id;

const addressOf = (url: WebhookUrl) => (typeof url === 'string' ? url : url.url);

/** A plain address gets everything; an object what it lists. */
function isWanted(url: WebhookUrl, { event }: HookBody, { unlistedEvents }: Readings): boolean {
	if (typeof url === 'string') return true;
	return url.events?.[event]?.value ?? unlistedEvents === 'on';
}
