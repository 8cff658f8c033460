export { hasDurableCursors, isN8n1, keepsInnerErrors, noticesDamagedAnswers } from './capabilities';
export { createEngine } from './engine';
export type {
	Engine,
	PollOptions,
	PollResult,
	RunOptions,
	RunResult,
	WebhookOptions,
} from './engine';
export type { ClassOf } from './node-types';
export { shareModules } from './share-modules';
export type { WebhookHost } from './webhook-host';
