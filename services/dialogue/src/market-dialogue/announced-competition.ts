import { DateTimeScalar } from '@samspill/subgraph';
import { Field, ObjectType } from 'type-graphql';
import { Tender } from '../tender/tender.js';

@ObjectType({ description: 'The competition that ended a market dialogue (kunngjort konkurranse).' })
export class AnnouncedCompetition {
  @Field(() => String, { description: 'Its title, as announced.' })
  title: string;

  @Field(() => DateTimeScalar, { description: 'When it was announced (kunngjort).' })
  announcedAt: Date;

  @Field(() => Tender, { description: 'The competition (konkurranse).' })
  tender: Tender;
}
