export { createLog, type Host, type HostOptions, openHost } from './host.js';
export { runService } from './run-service.js';
