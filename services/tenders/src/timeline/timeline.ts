import { connectionType, DateTimeScalar, TimelineKind } from '@samspill/subgraph';
import { createUnionType, Directive, Field, ID, ObjectType } from 'type-graphql';
import { MarketDialogue } from '../market-dialogue/market-dialogue.js';
import { Notice } from '../notice/notice.js';
import { Tender } from '../tender/tender.js';

/** Only referred to; `dialogue` knows everything about it. */
@Directive('@key(fields: "id", resolvable: false)')
@ObjectType({
  description:
    'What a municipality needs (behov): the effect it wants and for whom. It says what, never how: no brand, no product, no solution, so that every supplier can answer in its own way.',
})
export class Need {
  @Field(() => ID, { description: 'Stable identifier.' })
  id: string;
}

/** Only referred to; `events` knows everything about it. */
@Directive('@key(fields: "id", resolvable: false)')
@ObjectType({
  description:
    'A meeting open to all who want to deliver to the public (arrangement): a conference, a course, an information meeting.',
})
export class Event {
  @Field(() => ID, { description: 'Stable identifier.' })
  id: string;
}

export const TimelineSubject = createUnionType({
  name: 'TimelineSubject',
  description:
    'What an entry of a timeline is about. Ask with fragments, such as ... on Need { title effect }.',
  types: () => [Need, MarketDialogue, Event, Tender, Notice] as const,
});

@ObjectType({ description: 'One entry of the timeline of a procurement (hendelse).' })
export class TimelineEntry {
  @Field(() => ID, { description: 'Identifier of the entry, stable as long as what it tells is.' })
  id: string;

  @Field(() => DateTimeScalar, { description: 'When it happened, or is going to.' })
  at: Date;

  @Field(() => TimelineKind, { description: 'What happened.' })
  kind: TimelineKind;

  @Field(() => String, { description: 'What it was about, in its own words, such as the title of the need.' })
  title: string;

  @Field(() => TimelineSubject, {
    nullable: true,
    description: 'The object that it happened to. Null only when its service does not answer.',
  })
  subject: Need | MarketDialogue | Event | Tender | Notice | null;
}

export const TimelineEntryConnection = connectionType(TimelineEntry, 'entries of the timeline');
