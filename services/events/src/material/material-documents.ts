import { documents, OFFICE_TYPES } from '@samspill/documents';
import { LARGEST_MATERIAL, MATERIAL_PURPOSE } from './material.js';

/** Where material is taken in. */
export const materialDocuments = documents([
  { name: MATERIAL_PURPOSE, mediaTypes: OFFICE_TYPES, largest: LARGEST_MATERIAL },
]);
