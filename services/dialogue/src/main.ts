import { runService } from '@samspill/hosting';
import { dialogue } from './subgraph.js';

runService(dialogue, 4003);
