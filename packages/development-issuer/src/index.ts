export { FRONTEND_CLIENT, MACHINE_SECRET, PLAYGROUND_CLIENT } from './clients.js';
export { type DevelopmentIssuer, type DevelopmentIssuerOptions, startDevelopmentIssuer } from './issuer.js';
