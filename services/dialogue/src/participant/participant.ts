import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Language, Restricted, Restriction } from '@samspill/subgraph';

/**
 * An organisation that takes part in a market dialogue, and whom to reach there. The row is for the organisation and
 * the municipality; everybody else gets what {@link ShownParticipant} shows.
 */
@Entity({ tableName: 'participant' })
export class Participant implements Restricted {
  @PrimaryKey({ type: 'text' })
  id: string;

  @Property({ type: 'text' })
  dialogueId: string;

  @Property({ type: 'text' })
  organisationNumber: string;

  @Property({ type: 'text' })
  organisationName: string;

  @Property({ type: 'text', nullable: true })
  contactName: string | null;

  @Property({ type: 'text', nullable: true })
  contactEmail: string | null;

  /** Who joined. */
  @Property({ type: 'text', nullable: true })
  personId: string | null;

  /** In which language the contact is written to. */
  @Property({ type: 'text' })
  language: Language;

  @Property({ type: 'Date', columnType: 'timestamptz' })
  joinedAt: Date;

  /** Kept, so that what was told to the organisation can still be accounted for. */
  @Property({ type: 'Date', columnType: 'timestamptz', nullable: true })
  leftAt: Date | null;

  restriction(): Restriction {
    return {
      object: { type: 'DialogueParticipant', id: this.id },
      owner: { organisation: this.organisationNumber },
    };
  }
}

/** How many take part, to everybody. */
@Entity({ tableName: 'participant_count' })
export class ParticipantCount {
  /** Of the dialogue. */
  @PrimaryKey({ type: 'text' })
  id: string;

  @Property({ type: 'int' })
  participants: number;
}

/** Which organisations took part, to everybody, once the dialogue is summarised. */
@Entity({ tableName: 'shown_participant' })
export class ShownParticipant {
  @PrimaryKey({ type: 'text' })
  id: string;

  @Property({ type: 'text' })
  dialogueId: string;

  @Property({ type: 'text' })
  organisationNumber: string;

  @Property({ type: 'text' })
  organisationName: string;

  @Property({ type: 'Date', columnType: 'timestamptz' })
  joinedAt: Date;
}

/** The participant that an organisation is in a dialogue now; null when it does not take part, or no longer. */
export function participantIn(
  em: EntityManager,
  dialogueId: string,
  organisationNumber: string,
): Promise<Participant | null> {
  return em.findOne(Participant, { dialogueId, organisationNumber, leftAt: null });
}

/** All who take part now, the first to join first. */
export function participantsOf(em: EntityManager, dialogueId: string): Promise<Participant[]> {
  return em.find(
    Participant,
    { dialogueId, leftAt: null },
    { orderBy: [{ joinedAt: 'asc' }, { id: 'asc' }] },
  );
}
