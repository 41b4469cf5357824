import { RequestContext } from '@samspill/subgraph';
import { Ctx, Directive, Field, FieldResolver, ID, ObjectType, Resolver, Root } from 'type-graphql';
import { MarketDialogue } from '../market-dialogue/market-dialogue.js';
import { dialoguesOfProcurement } from '../market-dialogue/market-dialogue.loader.js';
import { Need } from '../need/need.js';
import { latestNeedOf, needsOfProcurement } from '../need/need.loader.js';

/** The part that `dialogue` adds to a procurement, whose identity `tenders` keeps. */
@Directive('@key(fields: "id")')
@ObjectType({
  description:
    'One procurement (anskaffelse) from need to follow-up: the chain need → market dialogue → tender → contract. No service owns it; each adds its part.',
})
export class Procurement {
  @Field(() => ID, { description: 'The id that the whole chain shares.' })
  id: string;

  static of(id: string): Procurement {
    return Object.assign(new Procurement(), { id });
  }
}

@Resolver(() => Procurement)
export class ProcurementResolver {
  @FieldResolver(() => Need, {
    nullable: true,
    description:
      'The need (behov) behind it, the most recently published. Null when none has been published.',
  })
  need(@Ctx() context: RequestContext, @Root() procurement: Procurement): Promise<Need | null> {
    return latestNeedOf(context, procurement.id);
  }

  @FieldResolver(() => [Need], {
    nullable: true,
    description:
      'All needs (behov) behind it, the most recently published first; officers of a municipality see its drafts as well, at the end. More than one when procurements have been joined. Null only when the service does not answer.',
  })
  needs(@Ctx() context: RequestContext, @Root() procurement: Procurement): Promise<Need[]> {
    return needsOfProcurement(context, procurement.id);
  }

  @FieldResolver(() => MarketDialogue, {
    nullable: true,
    description: 'The latest market dialogue (markedsdialog) before it. Null when there was none.',
  })
  async dialogue(
    @Ctx() context: RequestContext,
    @Root() procurement: Procurement,
  ): Promise<MarketDialogue | null> {
    const [latest] = await dialoguesOfProcurement(context, procurement.id);
    return latest ?? null;
  }

  @FieldResolver(() => [MarketDialogue], {
    nullable: true,
    description:
      'All market dialogues (markedsdialoger) before it, the most recently announced first. Null only when the service does not answer.',
  })
  dialogues(@Ctx() context: RequestContext, @Root() procurement: Procurement): Promise<MarketDialogue[]> {
    return dialoguesOfProcurement(context, procurement.id);
  }
}
