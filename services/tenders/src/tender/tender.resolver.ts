import {
  Access,
  anyone,
  type ConnectionOf,
  connection,
  FollowsTheClock,
  PageArgs,
  Reads,
  RequestContext,
} from '@samspill/subgraph';
import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { Award, LotResult } from '../award/award.js';
import { Buyer } from '../buyer/buyer.js';
import { buyerById, buyersById } from '../buyer/buyer.loader.js';
import { Contract } from '../contract/contract.js';
import { Municipality } from '../municipality/municipality.js';
import { municipalityHistory } from '../municipality/municipality.loader.js';
import { Notice } from '../notice/notice.js';
import { noticesOf } from '../notice/notice.loader.js';
import { Procurement } from '../procurement/procurement.js';
import { TenderStatus } from './codes.js';
import { Criterion, Lot } from './lot.js';
import { TenderFilter, TenderOrder, tenderOrders, tendersMatching } from './tender.filter.js';
import { Tender, TenderConnection } from './tender.js';
import { awardsOf, contractsOf, criteriaOf, lotsOf, resultsOf, tenderById } from './tender.loader.js';
import { statusAt } from './tender-status.js';
import { tendersOf } from './tenders-of-municipality.js';

@Resolver(() => Tender)
export class TenderResolver {
  @FollowsTheClock()
  @Access(anyone)
  @Query(() => TenderConnection, {
    nullable: true,
    description:
      'Competitions, the newest first unless asked otherwise. Null only when the service does not answer.',
  })
  async tenders(
    @Ctx() context: RequestContext,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => TenderFilter, { nullable: true, description: 'Only those that fit all of this.' })
    filter: TenderFilter | null,
    @Arg('orderBy', () => TenderOrder, {
      defaultValue: TenderOrder.PUBLISHED_DESC,
      description: 'In which order.',
    })
    orderBy: TenderOrder,
  ): Promise<ConnectionOf<Tender>> {
    const history = await municipalityHistory(context);
    const { municipality, ...others } = filter ?? {};
    if (municipality) return tendersOf(context, history.numbersOf(municipality), others, orderBy, page);
    const where = tendersMatching(others, orderBy, context.clock.now(), (number) =>
      history.numbersOf(number),
    );
    return connection(context, Tender, where, tenderOrders[orderBy], page);
  }

  @Access(anyone)
  @Query(() => Tender, {
    nullable: true,
    description: 'One competition; null when there is none with this id.',
  })
  tender(
    @Ctx() context: RequestContext,
    @Arg('id', () => ID, { description: 'Its id.' }) id: string,
  ): Promise<Tender | null> {
    return tenderById(context, id);
  }

  @Reads('status', 'deadline')
  @FollowsTheClock()
  @FieldResolver(() => TenderStatus, { description: 'Where it is in its life, at this moment.' })
  status(@Ctx() context: RequestContext, @Root() tender: Tender): TenderStatus {
    return statusAt(tender, context.clock.now());
  }

  @Reads('buyerId')
  @FieldResolver(() => Buyer, { nullable: true, description: 'The buyer; of several the one named first.' })
  buyer(@Ctx() context: RequestContext, @Root() tender: Tender): Promise<Buyer | null> | null {
    return tender.buyerId ? buyerById(context, tender.buyerId) : null;
  }

  @Reads('buyerIds')
  @FieldResolver(() => [Buyer], { description: 'All who buy together, the main buyer first.' })
  buyers(@Ctx() context: RequestContext, @Root() tender: Tender): Promise<Buyer[]> {
    return buyersById(context, tender.buyerIds);
  }

  @Reads('municipalityNumber')
  @FieldResolver(() => Municipality, {
    nullable: true,
    description:
      'The municipality that buys, under the number it had when the competition was announced; null for other buyers.',
  })
  async municipality(@Ctx() context: RequestContext, @Root() tender: Tender): Promise<Municipality | null> {
    return tender.municipalityNumber
      ? (await municipalityHistory(context)).get(tender.municipalityNumber)
      : null;
  }

  @Reads('procurementId')
  @FieldResolver(() => Procurement, {
    description: 'The chain that it is part of: need, market dialogue, competition, contract.',
  })
  procurement(@Root() tender: Tender): Pick<Procurement, 'id'> {
    return { id: tender.procurementId };
  }

  @Reads('id')
  @FieldResolver(() => [Lot], { description: 'Its lots (delkontrakter), in their order.' })
  lots(@Ctx() context: RequestContext, @Root() tender: Tender): Promise<Lot[]> {
    return lotsOf(context, tender.id);
  }

  @Reads('id')
  @FieldResolver(() => [Award], { description: 'Who won what (tildelinger).' })
  awards(@Ctx() context: RequestContext, @Root() tender: Tender): Promise<Award[]> {
    return awardsOf(context, tender.id);
  }

  @Reads('id')
  @FieldResolver(() => [LotResult], { description: 'How the competition for each lot ended.' })
  results(@Ctx() context: RequestContext, @Root() tender: Tender): Promise<LotResult[]> {
    return resultsOf(context, tender.id);
  }

  @Reads('id')
  @FieldResolver(() => [Contract], {
    description: 'The contracts that came out of it, as far as its notices say.',
  })
  contracts(@Ctx() context: RequestContext, @Root() tender: Tender): Promise<Contract[]> {
    return contractsOf(context, tender.id);
  }

  @Reads('id')
  @FieldResolver(() => [Notice], {
    description: 'All its notices, corrected ones too, in the order of their publication.',
  })
  notices(@Ctx() context: RequestContext, @Root() tender: Tender): Promise<Notice[]> {
    return noticesOf(context, tender.id);
  }
}

@Resolver(() => Lot)
export class LotResolver {
  @Reads('id')
  @FieldResolver(() => [Criterion], {
    description: 'By what tenders and tenderers are judged, in the order published.',
  })
  criteria(@Ctx() context: RequestContext, @Root() lot: Lot): Promise<Criterion[]> {
    return criteriaOf(context, lot.id);
  }
}
