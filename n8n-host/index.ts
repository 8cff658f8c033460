export { Advice } from './advice';
export { N8nClient, itemsOf } from './client';
export type { Execution, Login, SavedCredential, WorkflowFile } from './client';
export { installPackage, packPackage } from './community-package';
export { CREDENTIAL_TYPE, emulatorCredential } from './emulator-credential';
export { ensureHost } from './install';
export type { Host } from './install';
export { startServer } from './server';
export type { Server, ServerOptions } from './server';
