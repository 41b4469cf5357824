export { events, startEvents } from './subgraph.js';
