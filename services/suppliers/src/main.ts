import { runService } from '@samspill/hosting';
import { suppliers } from './subgraph.js';

runService(suppliers, 4002);
