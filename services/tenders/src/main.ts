import { runService } from '@samspill/hosting';
import { tenders } from './subgraph.js';

runService(tenders, 4001);
