export { createLog, type Host, type HostOptions, openHost } from './host.js';
export { closeOnSignal, MendableError, run } from './lifetime.js';
export { runService } from './run-service.js';
