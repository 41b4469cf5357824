import { ArrayType } from '@mikro-orm/core';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import {
  AGE,
  CacheControl,
  CpvCodeScalar,
  connectionType,
  DateScalar,
  DateTimeScalar,
  NutsCodeScalar,
  type Restricted,
  type Restriction,
} from '@samspill/subgraph';
import { Directive, Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { DialogueContact } from './dialogue-contact.js';
import { MarketDialogueStatus } from './market-dialogue.status.js';

registerEnumType(MarketDialogueStatus, {
  name: 'MarketDialogueStatus',
  description: 'Where a market dialogue (markedsdialog) stands, at the moment of the question.',
  valuesConfig: {
    DRAFT: {
      description: 'Being prepared (utkast). Shown to officers of the municipality and to nobody else.',
    },
    ANNOUNCED: { description: 'Made known (varslet), but not open for answers yet.' },
    OPEN: { description: 'Open (åpen): suppliers can answer until the deadline.' },
    CLOSED: {
      description:
        'Closed by the buyer (lukket), when everything that was told to one had been told to all; or, for a dialogue that comes from a notice, the deadline for answers has passed or the invitation was taken back.',
    },
    SUMMARISED: { description: 'The buyer has published what it learned (oppsummert).' },
  },
});

export enum InvitationKind {
  PLANNING = 'PLANNING',
  CONSULTATION = 'CONSULTATION',
}

registerEnumType(InvitationKind, {
  name: 'InvitationKind',
  description: 'The kind of notice (kunngjøring) that invites the market to a conversation.',
  valuesConfig: {
    PLANNING: { description: 'Prior information about a coming procurement (veiledende kunngjøring).' },
    CONSULTATION: {
      description: 'Preliminary market consultation (forhåndskonsultasjon): answers are asked for.',
    },
  },
});

@CacheControl({ maxAge: AGE.PUBLISHED })
@Directive('@key(fields: "id")')
@ObjectType({
  description:
    'A conversation with the market before a procurement (markedsdialog). Open to all on the same terms, and lawful only until the competition is announced.',
})
@Entity({ tableName: 'market_dialogue' })
export class MarketDialogue implements Restricted {
  @Field(() => ID, { description: 'Stable identifier.' })
  @PrimaryKey({ type: 'text' })
  id: string;

  /** The chain that the dialogue belongs to. */
  @Property({ type: 'text' })
  procurementId: string;

  @Property({ type: 'text', nullable: true })
  municipalityNumber: string | null;

  @Property({ type: 'text', nullable: true })
  buyerId: string | null;

  @Field(() => String, { description: 'What the dialogue is about.' })
  @Property({ type: 'text' })
  title: string;

  @Field(() => String, { nullable: true, description: 'More about it, as published.' })
  @Property({ type: 'text', nullable: true })
  description: string | null;

  @Field(() => InvitationKind, {
    nullable: true,
    description: 'The kind of notice that invited the market; null when it was invited without a notice.',
  })
  @Property({ type: 'text', nullable: true })
  kind: InvitationKind | null;

  @Field(() => String, { description: 'Language of the texts, three letters (ISO 639-2), such as NOR.' })
  @Property({ type: 'text' })
  language: string;

  /** Made here by an officer, and not by a notice. */
  @Field(() => Boolean, {
    name: 'isLedHere',
    description:
      'Whether it is led in Samspill: suppliers join, answer and meet here. False for one that comes from a notice: answer as the notice says.',
  })
  @Property({ type: 'boolean' })
  ledHere: boolean;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When the market was first told of it (varslet). Null while it is a draft.',
  })
  @Property({ type: 'Date', columnType: 'timestamptz', nullable: true })
  announcedAt: Date | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When answers are first taken; null as long as that is not said.',
  })
  @Property({ type: 'Date', columnType: 'timestamptz', nullable: true })
  opensAt: Date | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      'The deadline for answers (svarfrist), or when the invitation was taken back before it; null when there is neither.',
  })
  @Property({ type: 'Date', columnType: 'timestamptz', nullable: true })
  closesAt: Date | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      'When the invitation was taken back (avlyst), which closes the dialogue. Null when it was not.',
  })
  @Property({ type: 'Date', columnType: 'timestamptz', nullable: true })
  cancelledAt: Date | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Why it was cancelled (begrunnelse for avlysning). Null when it was not, or when only a notice says so.',
  })
  @Property({ type: 'text', nullable: true })
  cancellationReason: string | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      'When the buyer closed it (lukket). Null while it goes on, and for dialogues that come from a notice.',
  })
  @Property({ type: 'Date', columnType: 'timestamptz', nullable: true })
  closedAt: Date | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When the summary was published (oppsummert). Null before.',
  })
  @Property({ type: 'Date', columnType: 'timestamptz', nullable: true })
  summarisedAt: Date | null;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'The day on which the competition is expected to be announced (forventet kunngjøring).',
  })
  @Property({ type: 'date', nullable: true })
  expectedTenderDate: string | null;

  @Field(() => CpvCodeScalar, { nullable: true, description: 'What is to be bought, as a CPV code.' })
  @Property({ type: 'text', nullable: true })
  cpv: string | null;

  @Field(() => [CpvCodeScalar], { description: 'More CPV codes that fit.' })
  @Property({ type: ArrayType, columnType: 'text[]' })
  additionalCpv: string[];

  /** When it was closed or its deadline passes, or the end of time: what the database decides by. */
  @Property({ type: 'Date', columnType: 'timestamptz', generated: 'always', lazy: true })
  runsUntil?: Date;

  /** Made by {@link cpvBranches} from the two above. */
  @Property({ type: ArrayType, columnType: 'text[]' })
  cpvBranches: string[];

  @Field(() => [NutsCodeScalar], { description: 'Regions that it is for (NUTS), as published.' })
  @Property({ type: ArrayType, columnType: 'text[]' })
  nuts: string[];

  @Field(() => String, {
    nullable: true,
    description: 'Web address where to answer, or where the documents are.',
  })
  @Property({ type: 'text', nullable: true })
  url: string | null;

  @Field(() => DialogueContact, { nullable: true, description: 'Where to ask (kontaktpunkt).' })
  @Property({ type: 'json', nullable: true })
  contact: DialogueContact | null;

  @Field(() => [String], {
    description:
      'What the buyer asks the market (spørsmål til markedet), in the buyer’s order: the texts alone. How each is to be answered stands in "questionnaire".',
  })
  @Property({ type: ArrayType, columnType: 'text[]' })
  questions: string[];

  @Field(() => String, {
    nullable: true,
    description:
      'The notice (kunngjøring) that opened the dialogue, in its newest version, as "<id>-<version>". Null when there is none here.',
  })
  @Property({ type: 'text', nullable: true })
  noticeId: string | null;

  @Property({ type: 'text', nullable: true })
  noticeVersion: string | null;

  @Property({ type: 'Date', columnType: 'timestamptz', nullable: true })
  noticeDispatchedAt: Date | null;

  @Field(() => DateTimeScalar, { description: 'When what is shown here was last changed by its source.' })
  @Property({ type: 'Date', columnType: 'timestamptz' })
  updatedAt: Date;

  restriction(): Restriction | null {
    if (this.announcedAt !== null) return null;
    const { id, municipalityNumber: municipality } = this;
    return { object: { type: 'MarketDialogue', id }, owner: { municipality } };
  }
}

/** A dialogue as data, without what the class makes of it. */
export type DialogueData = Omit<MarketDialogue, 'restriction'>;

export const MarketDialogueConnection = connectionType(MarketDialogue, 'market dialogues');

/** All beginnings of the codes, from the division (two digits) to the code itself. */
export function cpvBranches(codes: readonly (string | null)[]): string[] {
  const known = codes.filter((code) => code !== null);
  return [...new Set(known.flatMap((code) => [2, 3, 4, 5, 6, 7, 8].map((length) => code.slice(0, length))))];
}
