import type { KeysetOrder } from '@samspill/database';

export const newestAwardFirst: KeysetOrder = {
  name: 'DECIDED_DESC',
  property: 'decidedOn',
  direction: 'desc',
};

export const newestContractFirst: KeysetOrder = {
  name: 'SIGNED_DESC',
  property: 'signedOn',
  direction: 'desc',
};
