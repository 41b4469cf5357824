import { PrimaryKeyProp, type Ref } from '@mikro-orm/core';
import { Entity, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Need } from '../need/need.js';
import type { Finding } from './finding.js';

/** A finding that somebody looked at and let stand, with why. Gone with the words that it was about. */
@Entity({ tableName: 'overridden_finding' })
export class OverriddenFinding {
  declare [PrimaryKeyProp]?: ['need', 'findingId'];

  @ManyToOne(() => Need, { ref: true, primary: true })
  need: Ref<Need>;

  @PrimaryKey({ type: 'text' })
  findingId: string;

  /** As it was then. */
  @Property({ type: 'json' })
  finding: Finding;

  @Property({ type: 'text' })
  reason: string;

  @Property({ type: 'Date', columnType: 'timestamptz' })
  overriddenAt: Date;
}
