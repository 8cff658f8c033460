import type { IPollFunctions } from 'n8n-workflow';

import { stateIn } from '../../polling/state';
import type { WatchState } from '../../polling/state';

/**
 * Where the state is kept from poll to poll.
 *
 * n8n keeps a node's own data under the node's name, so that renaming the node loses it. The state
 * is therefore kept in the data of the whole workflow, under the node's id. With durable cursors n8n
 * keeps a node's own data by its id, and saves it in one step with the execution, or without one; then
 * the state is kept there. But what a poll at an activation leaves there n8n throws away, so the state
 * of a watch that begins is kept in both places, and the later beginning counts.
 */
type Context = Pick<IPollFunctions, 'getNode' | 'getWorkflowStaticData'>;

/** Under this name the state is kept in the node's own data; version 0.1.0 always did. */
const OWN = 'watch';

/** @returns the state that the last poll has kept, if it is one of this event */
export const savedState = (context: Context, event: string): WatchState | undefined => {
	const own = stateIn(context.getWorkflowStaticData('node')[OWN], event);
	const shared = stateIn(context.getWorkflowStaticData('global')[keyOf(context)], event);
	if (!own || !shared) return own ?? shared;
	// Version 0.1.0 knew of no beginning: what it left under an older name is of no use any more.
	return own.began > 0 && own.began >= shared.began ? own : shared;
};

export const saveState = (context: Context, state: WatchState, isBeginning: boolean): void => {
	const own = context.getWorkflowStaticData('node');
	const shared = context.getWorkflowStaticData('global');
	const isOwnKeptById = !isSavedWithWorkflow(own);
	// Only what is assigned to the object itself is noticed by n8n, and saved.
	if (isBeginning || !isOwnKeptById) shared[keyOf(context)] = { ...state };
	if (isOwnKeptById) own[OWN] = { ...state };
	else if (OWN in own) delete own[OWN];
};

/** n8n marks the objects in which it looks for changes when it saves a workflow. */
const isSavedWithWorkflow = (data: object): boolean => '__dataChanged' in data;

const keyOf = (context: Context): string => {
	const { id, name } = context.getNode();
	return `twin24CallsTrigger ${id || name}`;
};
