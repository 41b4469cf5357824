/**
 * Which operations are generated, the same in every run of `npm test`: whoever changes something else must not be
 * stopped by what was asked for the first time today. `SEED=random` asks others, and prints which; `SEED=<number>`
 * asks those again.
 */
export const SEED = process.env.SEED === 'random' ? Date.now() % 2 ** 31 : Number(process.env.SEED ?? 2017);
