import { endToEnd } from './suites/index.js';

endToEnd('the region on PostgreSQL');
