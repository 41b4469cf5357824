import { Directive, Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { DateTimeScalar } from './scalars.js';

/** What can happen in the life of a procurement. Every service says what happened to what it owns. */
export enum TimelineKind {
  NEED_PUBLISHED = 'NEED_PUBLISHED',
  NEED_CLARIFIED = 'NEED_CLARIFIED',
  NEED_JOINED = 'NEED_JOINED',
  NEED_CLOSED = 'NEED_CLOSED',
  DIALOGUE_ANNOUNCED = 'DIALOGUE_ANNOUNCED',
  DIALOGUE_OPENED = 'DIALOGUE_OPENED',
  DIALOGUE_ACTIVITY = 'DIALOGUE_ACTIVITY',
  DIALOGUE_DISCLOSED = 'DIALOGUE_DISCLOSED',
  MEETINGS_DRAWN = 'MEETINGS_DRAWN',
  DIALOGUE_CANCELLED = 'DIALOGUE_CANCELLED',
  DIALOGUE_CLOSED = 'DIALOGUE_CLOSED',
  DIALOGUE_SUMMARISED = 'DIALOGUE_SUMMARISED',
  EVENT_PUBLISHED = 'EVENT_PUBLISHED',
  EVENT_HELD = 'EVENT_HELD',
  EVENT_CANCELLED = 'EVENT_CANCELLED',
  TENDER_PLANNED = 'TENDER_PLANNED',
  TENDER_ANNOUNCED = 'TENDER_ANNOUNCED',
  TENDER_CORRECTED = 'TENDER_CORRECTED',
  TENDER_DEADLINE = 'TENDER_DEADLINE',
  TENDER_CONCLUDED = 'TENDER_CONCLUDED',
  CONTRACT_SIGNED = 'CONTRACT_SIGNED',
  CONTRACT_CHANGED = 'CONTRACT_CHANGED',
  CONTRACT_COMPLETED = 'CONTRACT_COMPLETED',
}

registerEnumType(TimelineKind, {
  name: 'TimelineKind',
  description: 'What happened in the life of a procurement (anskaffelse), or is going to.',
  valuesConfig: {
    NEED_PUBLISHED: { description: 'A need was published (behov publisert).' },
    NEED_CLARIFIED: { description: 'Something was added to a published need (behov presisert).' },
    NEED_JOINED: { description: 'Another municipality said that it has the same need (behov delt).' },
    NEED_CLOSED: { description: 'A need was closed (behov avsluttet).' },
    DIALOGUE_ANNOUNCED: { description: 'A market dialogue was made known (markedsdialog varslet).' },
    DIALOGUE_OPENED: { description: 'A market dialogue opened for answers (åpnet).' },
    DIALOGUE_ACTIVITY: { description: 'A meeting or round of input of a market dialogue (aktivitet).' },
    DIALOGUE_DISCLOSED: {
      description: 'Everybody was told something in a market dialogue (likebehandlingsloggen).',
    },
    MEETINGS_DRAWN: { description: 'Meetings of a market dialogue were allotted by lot (loddtrekning).' },
    DIALOGUE_CANCELLED: { description: 'A market dialogue was called off (avlyst).' },
    DIALOGUE_CLOSED: { description: 'A market dialogue was closed (lukket).' },
    DIALOGUE_SUMMARISED: { description: 'The summary of a market dialogue was published (oppsummert).' },
    EVENT_PUBLISHED: { description: 'An event was announced (arrangement publisert).' },
    EVENT_HELD: { description: 'An event takes place (arrangement).' },
    EVENT_CANCELLED: { description: 'An event was called off (arrangement avlyst).' },
    TENDER_PLANNED: { description: 'A competition was planned (veiledende kunngjøring).' },
    TENDER_ANNOUNCED: { description: 'A competition was announced (kunngjort).' },
    TENDER_CORRECTED: { description: 'A notice was corrected (rettet).' },
    TENDER_DEADLINE: { description: 'The deadline for bids (tilbudsfrist).' },
    TENDER_CONCLUDED: { description: 'The result of a competition was published (resultat).' },
    CONTRACT_SIGNED: { description: 'A contract was signed (kontrakt inngått).' },
    CONTRACT_CHANGED: { description: 'A contract was changed (kontrakt endret).' },
    CONTRACT_COMPLETED: { description: 'A contract was completed (kontrakt avsluttet).' },
  },
});

/**
 * What a service contributes to the line of time. `tenders`, which keeps the procurement's identity, makes one line
 * of all of them; clients see that one and not these.
 */
@Directive('@inaccessible')
@Directive('@shareable')
@ObjectType({ description: 'One thing that happened, as the service tells it that owns it.' })
export class TimelineFact {
  @Field(() => DateTimeScalar, { description: 'When.' })
  at: Date;

  @Field(() => TimelineKind, { description: 'What.' })
  kind: TimelineKind;

  @Field(() => String, { description: 'What it was about, in its own words.' })
  title: string;

  @Field(() => ID, { description: 'The object that it happened to; the kind says of which type.' })
  subjectId: string;
}
