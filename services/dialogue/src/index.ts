export { dialogue, startDialogue } from './subgraph.js';
