/** A kind of event, as the user chooses it and as TWIN24 calls it. */
export interface EventType {
	name: EventName;
	label: string;
	description: string;
	/** The value of `event` in the body. */
	apiName: string;
}

export type EventName =
	| 'callEnded'
	| 'contactDone'
	| 'callRedirected'
	| 'recallScheduled'
	| 'efficiencyReached'
	| 'taskStatusChanged'
	| 'incomingCall';

/** The name in items for the hook on incoming calls, which may come without one. */
export const INCOMING_CALL = 'INCOMING_CALL';

/** In the order of their labels, as n8n's lint wants it. */
export const EVENT_TYPES: readonly EventType[] = [
	{
		name: 'callEnded',
		label: 'Call Ended',
		description: 'An attempt to call is over, answered or not; a person may be called again',
		apiName: 'CALL_ENDED',
	},
	{
		name: 'callRedirected',
		label: 'Call Redirected',
		description: 'The robot hands the call over, e.g. to an operator; the call goes on',
		apiName: 'CALL_REDIRECTED',
	},
	{
		name: 'contactDone',
		label: 'Contact Done',
		description: 'No further call will be made to this person in this task',
		apiName: 'CANDIDATE_CHANGED',
	},
	{
		name: 'efficiencyReached',
		label: 'Efficiency Reached',
		description: 'The call counts as effective by the settings of its task',
		apiName: 'EFFICIENCY_REACHED',
	},
	{
		name: 'incomingCall',
		label: 'Incoming Call',
		description:
			'Somebody called a number of yours. Comes twice per call: when the robot is done, and when the call is, only then with recording and cost.',
		apiName: INCOMING_CALL,
	},
	{
		name: 'recallScheduled',
		label: 'Recall Scheduled',
		description: 'The person will be called again',
		apiName: 'RECALL_SCHEDULED',
	},
	{
		name: 'taskStatusChanged',
		label: 'Task Status Changed',
		description: 'A dial task was started, paused, stopped or has ended',
		apiName: 'AUTOCALL_STATUS_CHANGED',
	},
];

/** The kind of event that TWIN24 calls so; undefined for one that is not known here. */
export const eventTypeOf = (apiName: string): EventType | undefined =>
	EVENT_TYPES.find((type) => type.apiName === apiName);
