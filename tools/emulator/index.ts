export { startEmulator, DEMO_ACCOUNT } from './emulator';
export type { EmulatorOptions } from './emulator';
export type { Emulator } from './interface';
export type { Call, NewCall } from './call';
export type { CallResult } from './demo-call';
export type { TaskSettings, WebhookUrl } from './dialling/types';
export type { NamedThing } from './data/data-set';
export type { Fault } from './faults';
export {
	DEFAULT_READINGS,
	READINGS,
	checkedReadings,
	describeReadings,
	parseReading,
} from './readings';
export type { ReadingName, Readings } from './readings';
