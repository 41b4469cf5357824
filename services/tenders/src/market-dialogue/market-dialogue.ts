import { type ConnectionOf, connectionOfParent, PageArgs, RequestContext } from '@samspill/subgraph';
import { Args, Ctx, Directive, Field, FieldResolver, ID, ObjectType, Resolver, Root } from 'type-graphql';
import { Procurement } from '../procurement/procurement.js';
import { tenderOrders } from '../tender/tender.filter.js';
import { Tender, TenderConnection } from '../tender/tender.js';

/** The part that `tenders` adds to a market dialogue, which the `dialogue` service owns. */
@Directive('@key(fields: "id")')
@ObjectType({
  description:
    'A conversation with the market before a procurement (markedsdialog). Open to all on the same terms, and lawful only until the competition is announced.',
})
export class MarketDialogue {
  @Field(() => ID, { description: 'Stable identifier.' })
  id: string;

  @Directive('@external')
  @Field(() => Procurement, {
    description: 'The procurement (anskaffelse) that the dialogue belongs to.',
  })
  procurement: Procurement;
}

@Resolver(() => MarketDialogue)
export class MarketDialogueResolver {
  @Directive('@requires(fields: "procurement { id }")')
  @FieldResolver(() => TenderConnection, {
    nullable: true,
    description:
      'The competitions that came of it, the oldest first. Null only when the service does not answer.',
  })
  tenders(
    @Ctx() context: RequestContext,
    @Root() dialogue: MarketDialogue,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<ConnectionOf<Tender>> {
    return connectionOfParent(
      context,
      Tender,
      { property: 'procurementId', values: [dialogue.procurement.id] },
      { order: tenderOrders.PUBLISHED_ASC },
      page,
    );
  }
}
