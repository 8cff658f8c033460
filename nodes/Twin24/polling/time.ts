/** Instants are epoch milliseconds and durations milliseconds, everywhere in this folder. */
export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;

export const floorSecond = (instant: number): number => Math.floor(instant / SECOND) * SECOND;
