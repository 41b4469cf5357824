export * from './assertion.js';
export * from './bearer-token.js';
export { type ClaimMapping, claimMapping, type OrganisationPlace } from './claim-mapping.js';
export * from './identity.js';
export {
  type IssuerConfiguration,
  issuerConfiguration,
  issuersConfiguration,
} from './issuer-configuration.js';
export * from './issuers.js';
export * from './person-id.js';
export * from './personas.js';
export { type Profile, type ProfileName, profiles } from './profiles.js';
export * from './refusal.js';
export * from './seen-once.js';
export { serviceKey } from './service-key.js';
export * from './token-verifier.js';
export * from './tool-token.js';
