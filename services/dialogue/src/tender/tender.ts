import { RequestContext } from '@samspill/subgraph';
import { Ctx, Directive, Field, FieldResolver, ID, ObjectType, Resolver, Root } from 'type-graphql';
import { MarketDialogue } from '../market-dialogue/market-dialogue.js';
import { dialoguesOfProcurement } from '../market-dialogue/market-dialogue.loader.js';
import { Procurement } from '../procurement/procurement.js';

/** The part that `dialogue` adds to a tender, which `tenders` owns. */
@Directive('@key(fields: "id")')
@ObjectType({
  description:
    'A competition for a public contract (konkurranse), from its plan to its contract. It is the sum of its notices: a correction changes it, and the notices before stay readable.',
})
export class Tender {
  @Field(() => ID, { description: 'Stable identifier.' })
  id: string;

  @Directive('@external')
  @Field(() => Procurement, {
    description: 'The chain that it is part of: need, market dialogue, competition, contract.',
  })
  procurement: Procurement;
}

@Resolver(() => Tender)
export class TenderResolver {
  @Directive('@requires(fields: "procurement { id }")')
  @FieldResolver(() => MarketDialogue, {
    nullable: true,
    description:
      'The latest market dialogue (markedsdialog) before the competition: what everybody could learn from it is there. Null when there was none.',
  })
  async dialogue(@Ctx() context: RequestContext, @Root() tender: Tender): Promise<MarketDialogue | null> {
    const [latest] = await dialoguesOfProcurement(context, tender.procurement.id);
    return latest ?? null;
  }
}
