import fc from 'fast-check';
import { SEED } from './seed.js';

/** Properties are tried with the same values in every run; whoever fails with others is told their seed, to see them again. */
fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: SEED });
