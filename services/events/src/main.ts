import { runService } from '@samspill/hosting';
import { events } from './subgraph.js';

runService(events, 4004);
