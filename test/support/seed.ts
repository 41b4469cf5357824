/**
 * From which operations and the values of properties are generated, the same in every run of `npm test`: whoever
 * changes something else must not be stopped by what was tried for the first time today. `SEED=random` tries others,
 * and prints which when it fails; `SEED=<number>` tries those again.
 */
export const SEED = process.env.SEED === 'random' ? Date.now() % 2 ** 31 : Number(process.env.SEED ?? 2017);
