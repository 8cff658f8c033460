/** One utterance of a conversation; `created_at` is ISO 8601 to the second, as in the vendor's sample. */
export interface CallMessage {
	text: string;
	author: 'robot' | 'user';
	created_at: string;
}

/** A call as the report shows it. Times are `2022-06-29T08:44:26.000000Z`, durations are seconds. */
export interface Call {
	id: string;
	externalId: string | null;
	phone: string;
	startedAt: string | null;
	status: string;
	duration: number;
	dialogResults: string | null;
	taskName: string;
	recordPath: string | null;
	messagesAsString: string | null;
	messages: CallMessage[];
	createdAt: string;
	updatedAt: string;
	responder: string | null;
	isFinished: boolean;
	transferredToOperator: boolean;
	botDuration: number;
	operatorDuration: number;
	nps: string | null;
	price: string;
	additional: string;
	taskId: string;
	botId: string;
	botName: string;
	regionId: number;
	timezone: number;
	shortNumber: string | null;
	linkToLog: string | null;
	markers: string | null;
	dialogId: string;
}

/** What a test may insert: what it leaves out is generated. */
export type NewCall = Partial<Call>;
