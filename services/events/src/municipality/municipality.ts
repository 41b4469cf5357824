import { type ConnectionOf, MunicipalityNumberScalar, PageArgs, RequestContext } from '@samspill/subgraph';
import { Args, Ctx, Directive, Field, FieldResolver, ObjectType, Resolver, Root } from 'type-graphql';
import { type Event, EventConnection } from '../event/event.js';
import { eventsOf } from '../event/events-of.js';

/** The part that `events` adds to a municipality, which `tenders` owns. */
@Directive('@key(fields: "number")')
@ObjectType({
  description:
    'A Norwegian municipality (kommune) under one of its numbers. Municipalities merge and are renumbered; what was bought under an old number is found under the new one.',
})
export class Municipality {
  @Field(() => MunicipalityNumberScalar, {
    description: 'Municipality number (kommunenummer), such as 3118.',
  })
  number: string;

  @Directive('@external')
  @Field(() => [MunicipalityNumberScalar], {
    description: 'This number and those of all municipalities that have become part of it.',
  })
  numbers: string[];

  static of(number: string | null): Municipality | null {
    return number === null ? null : Object.assign(new Municipality(), { number });
  }
}

@Resolver(() => Municipality)
export class MunicipalityResolver {
  @Directive('@requires(fields: "numbers")')
  @FieldResolver(() => EventConnection, {
    nullable: true,
    description:
      'Meetings (arrangementer) of this municipality, and of those that have become part of it, the last to begin first. Null only when the service does not answer.',
  })
  events(
    @Ctx() context: RequestContext,
    @Root() municipality: Municipality,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<ConnectionOf<Event>> {
    return eventsOf(context, 'municipalityNumber', municipality.numbers, page);
  }
}
