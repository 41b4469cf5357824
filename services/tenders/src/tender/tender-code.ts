import type { Ref } from '@mikro-orm/core';
import { Entity, ManyToOne, PrimaryKey } from '@mikro-orm/decorators/legacy';
import { Tender } from './tender.js';

/** A CPV or NUTS code of a tender or one of its lots: what filters by prefix search in. */
@Entity({ tableName: 'tender_code' })
export class TenderCode {
  @ManyToOne(() => Tender, { primary: true, ref: true })
  tender: Ref<Tender>;

  @PrimaryKey({ type: 'text' })
  list: string;

  @PrimaryKey({ type: 'text' })
  code: string;
}
