export { administratorsOf } from './administrators.js';
export { callers } from './callers.js';
export { keepCheckpoints } from './checkpoints.js';
export { createLog, type Host, type HostOptions, openHost } from './host.js';
export { auditKeyOf } from './keys.js';
export { outsideOf } from './outside.js';
export { runService } from './run-service.js';
