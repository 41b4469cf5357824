import {
  type ConnectionOf,
  connectionOfParent,
  MunicipalityNumberScalar,
  PageArgs,
  RequestContext,
} from '@samspill/subgraph';
import { Args, Ctx, Directive, Field, FieldResolver, ObjectType, Resolver, Root } from 'type-graphql';
import { announced, marketDialogueOrders } from '../market-dialogue/market-dialogue.filter.js';
import { MarketDialogue, MarketDialogueConnection } from '../market-dialogue/market-dialogue.js';
import { needOrders, notADraft } from '../need/need.filter.js';
import { Need, NeedConnection } from '../need/need.js';

/** The part that `dialogue` adds to a municipality, which `tenders` owns. */
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
  @FieldResolver(() => MarketDialogueConnection, {
    nullable: true,
    description:
      'Market dialogues (markedsdialoger) of this municipality, and of those that have become part of it, the most recently announced first. Null only when the service does not answer.',
  })
  dialogues(
    @Ctx() context: RequestContext,
    @Root() municipality: Municipality,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<ConnectionOf<MarketDialogue>> {
    return connectionOfParent(
      context,
      MarketDialogue,
      { property: 'municipalityNumber', values: municipality.numbers },
      { order: marketDialogueOrders.ANNOUNCED_DESC, where: [announced] },
      page,
    );
  }

  @Directive('@requires(fields: "numbers")')
  @FieldResolver(() => NeedConnection, {
    nullable: true,
    description:
      'Needs (behov) of this municipality, and of those that have become part of it, the most recently published first. Null only when the service does not answer.',
  })
  needs(
    @Ctx() context: RequestContext,
    @Root() municipality: Municipality,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<ConnectionOf<Need>> {
    return connectionOfParent(
      context,
      Need,
      { property: 'municipalityNumber', values: municipality.numbers },
      { order: needOrders.PUBLISHED_DESC, where: [notADraft] },
      page,
    );
  }
}
