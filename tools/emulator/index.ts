export { startEmulator, DEMO_ACCOUNT } from './emulator';
export type { EmulatorOptions } from './emulator';
export type { Emulator } from './interface';
export type { Call, CallMessage, NewCall } from './call';
export type { Dialler, Template } from './dialling/dialler';
export type {
	Attempt,
	Candidate,
	Ledger,
	Sent,
	Task,
	TaskSettings,
	TaskStatus,
	WebhookUrl,
} from './dialling/types';
export type { DataSetOptions, NamedThing, Tie } from './data/data-set';
export { Faults } from './faults';
export type {
	Arrivals,
	Fault,
	FaultKind,
	FaultRequest,
	FaultScope,
	GarbageVariant,
	PageHook,
} from './faults';
export { RequestLog } from './http/request-log';
export type { LogEntry, Service } from './http/request-log';
export {
	DEFAULT_READINGS,
	READINGS,
	checkedReadings,
	describeReadings,
	parseReading,
} from './readings';
export type { Reading, ReadingName, Readings } from './readings';
export type { Moves } from './report/moving-rows';
export type { CallResult } from './demo-call';
export type { Deliveries, Delivery, DeliveryAttempt } from './webhooks/deliveries';
export { RecordStore } from './services/records';
export type { RecordBehaviour } from './services/records';
export { CallTable } from './table/call-table';
export type { Account } from './tokens';
