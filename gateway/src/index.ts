export { type GatewayOptions, type ProtectionOptions, type RunningGateway, startGateway } from './gateway.js';
export type { HealthOptions } from './health.js';
export { inProcess } from './in-process-data-source.js';
export { type Example, examples } from './playground/examples.js';
export { protectionFrom } from './protection/from-environment.js';
export { type ServiceHealth, serviceHealth } from './service-health.js';
export { type SubgraphDataSourceOptions, subgraphDataSource } from './subgraph-data-source.js';
