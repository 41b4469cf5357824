export { startSuppliers, suppliers } from './subgraph.js';
