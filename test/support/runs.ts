/* eslint-disable @n8n/community-nodes/no-restricted-globals -- how many cases to draw is said by the environment */

/**
 * How many cases a property draws.
 * @param usual unless PROPERTY_RUNS says another number, for all properties
 */
export const runs = (usual: number): { numRuns: number } => ({
	numRuns: Number(process.env.PROPERTY_RUNS ?? usual),
});
