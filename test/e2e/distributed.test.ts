import { endToEnd } from './suites/index.js';

endToEnd('five processes on PostgreSQL');
