/** The bots, below the service `bot`: their IDs and names, those deleted left out. Pages count from 0. */
export const BOTS_PATH = '/api/v1/bots';
export const BOTS_QUERY = { fields: 'id,name', deleted: 0 };
