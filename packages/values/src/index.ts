export * from './clock.js';
export * from './cpv.js';
export * from './money.js';
export * from './municipality-number.js';
export * from './nuts.js';
export * from './organisation-number.js';
export * from './oslo-time.js';
export * from './party-id.js';
