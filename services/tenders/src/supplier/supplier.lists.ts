import type { KeysetOrder } from '@samspill/database';

export const newestAwardFirst: KeysetOrder = {
  name: 'DECIDED_DESC',
  property: 'decidedOn',
  column: 'decided_on',
  direction: 'desc',
};

export const newestContractFirst: KeysetOrder = {
  name: 'SIGNED_DESC',
  property: 'signedOn',
  column: 'signed_on',
  direction: 'desc',
};
