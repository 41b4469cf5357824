import { cpvBranch } from '@samspill/values';
import { PublicError } from './errors.js';

/** The branch of the CPV tree that a filter asks for; refuses what is no code and no beginning of one. */
export function askedCpvBranch(text: string, argument = 'filter.cpv'): string {
  const branch = cpvBranch(text);
  if (branch !== null) return branch;
  throw PublicError.badInput(
    {
      nb: 'CPV-koden må ha to til åtte siffer, som 45 eller 45000000.',
      nn: 'CPV-koden må ha to til åtte siffer, som 45 eller 45000000.',
      en: 'The CPV code must have two to eight digits, such as 45 or 45000000.',
    },
    argument,
  );
}
