export {
  definitions,
  openServices,
  type Region,
  type RegionOptions,
  type Services,
  type ServicesOptions,
  serviceNamed,
  settled,
  startRegion,
  supergraphFile,
} from './region.js';
export { runningRegion } from './running-region.js';
