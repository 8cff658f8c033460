export { startCluster } from './cluster';
export type { Cluster } from './cluster';
export { postgresCredential, startPostgres } from './postgres';
export type { Postgres } from './postgres';
