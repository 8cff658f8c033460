/** People to be phoned ("candidates"), below the service `cis`. */
export const CANDIDATES_PATH = '/api/v1/telephony/autoCallCandidate';
