export { definitions, type Region, type RegionOptions, settled, startRegion, supergraphFile } from './region.js';
export { runningRegion } from './running-region.js';
