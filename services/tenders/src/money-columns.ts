import { BigIntType } from '@mikro-orm/core';
import type { Money } from '@samspill/values';

/** Øre fit into a safe integer (90 billion kroner), which the reader of notices has made sure of. */
export const oere = () => new BigIntType('number');

export function money(amount: number | null, currency: string | null): Money | null {
  return amount === null || amount === undefined || currency === null ? null : { amount, currency };
}
