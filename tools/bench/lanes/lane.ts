import type { Engine } from '../../n8n-engine';
import type { Task } from '../work';

/** One way to fetch the calls of a task. */
export interface Runner {
	/** A few pages, so that everything is loaded, compiled and logged in as in an n8n that has been running for a while. */
	warmUp: () => Promise<void>;
	/** All calls of the task, once. What it holds in the end stays held until the memory has been looked at. */
	run: () => Promise<Fetched>;
}

export interface Fetched {
	/** How many different calls came; counted after the clock has stopped. */
	count: () => number;
}

/** What a lane starts from: the task, and n8n's engine for those that need it. */
export type MakeRunner = (task: Task, engine: () => Promise<Engine>) => Promise<Runner>;
