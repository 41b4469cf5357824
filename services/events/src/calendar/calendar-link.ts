import { createHash, randomBytes } from 'node:crypto';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import type { Language } from '@samspill/subgraph';

/** The secret address of a person's own calendar. Calendar programmes cannot log in, so who has it reads it. */
@Entity({ tableName: 'calendar_link' })
export class CalendarLink {
  @PrimaryKey({ type: 'text' })
  id: string;

  @Property({ type: 'text' })
  personId: string;

  /** Of the secret, which itself is told once and not kept. */
  @Property({ type: 'text' })
  tokenHash: string;

  /** Of the person when they made it: a calendar programme does not say which language its reader wants. */
  @Property({ type: 'text' })
  language: Language;

  @Property({ type: 'Date', columnType: 'timestamptz' })
  createdAt: Date;
}

export const newToken = (): string => randomBytes(32).toString('base64url');

/** Without salt, so that it can be looked up; what it is made of cannot be guessed. */
export const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');
