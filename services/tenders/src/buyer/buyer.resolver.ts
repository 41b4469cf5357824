import type { KeysetOrder } from '@samspill/database';
import {
  Access,
  AGE,
  anyone,
  CacheControl,
  type ConnectionOf,
  connection,
  connectionOfParent,
  MunicipalityNumberScalar,
  OrganisationNumberScalar,
  PageArgs,
  Reads,
  RequestContext,
} from '@samspill/subgraph';
import { Arg, Args, Ctx, Field, FieldResolver, InputType, Query, Resolver, Root } from 'type-graphql';
import { Municipality } from '../municipality/municipality.js';
import { municipalityHistory } from '../municipality/municipality.loader.js';
import { hasPart } from '../part-of-text.js';
import { tenderOrders } from '../tender/tender.filter.js';
import { Tender, TenderConnection } from '../tender/tender.js';
import { Buyer, BuyerConnection } from './buyer.js';
import { buyerByNumber } from './buyer.loader.js';

@InputType({ description: 'Which buyers. Everything given must fit.' })
export class BuyerFilter {
  @Field(() => String, { nullable: true, description: 'A part of the name, in upper or lower case.' })
  name?: string;

  @Field(() => MunicipalityNumberScalar, {
    nullable: true,
    description: 'The municipality itself, and those that have become part of it.',
  })
  municipality?: string;
}

const byName: KeysetOrder = { name: 'NAME_ASC', property: 'nameSort', direction: 'asc' };

@Resolver(() => Buyer)
export class BuyerResolver {
  @CacheControl({ maxAge: AGE.RARELY_CHANGED })
  @Access(anyone)
  @Query(() => BuyerConnection, {
    nullable: true,
    description: 'Buyers, by name. Null only when the service does not answer.',
  })
  async buyers(
    @Ctx() context: RequestContext,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => BuyerFilter, { nullable: true, description: 'Only those that fit all of this.' })
    filter: BuyerFilter | null,
  ): Promise<ConnectionOf<Buyer>> {
    const where: object[] = [];
    if (filter?.name) where.push(...hasPart('name', filter.name));
    if (filter?.municipality) {
      const history = await municipalityHistory(context);
      where.push({ municipalityNumber: { $in: history.numbersOf(filter.municipality) } });
    }
    return connection(context, Buyer, where, byName, page);
  }

  @Access(anyone)
  @Query(() => Buyer, { nullable: true, description: 'One buyer by its Norwegian organisation number.' })
  buyer(
    @Ctx() context: RequestContext,
    @Arg('organisationNumber', () => OrganisationNumberScalar, { description: 'Nine digits.' })
    organisationNumber: string,
  ): Promise<Buyer | null> {
    return buyerByNumber(context, organisationNumber);
  }

  @Reads('municipalityNumber')
  @FieldResolver(() => Municipality, {
    nullable: true,
    description: 'The municipality that it is; null for other buyers.',
  })
  async municipality(@Ctx() context: RequestContext, @Root() buyer: Buyer): Promise<Municipality | null> {
    return buyer.municipalityNumber
      ? (await municipalityHistory(context)).get(buyer.municipalityNumber)
      : null;
  }

  @Reads('id')
  @FieldResolver(() => TenderConnection, {
    description:
      'Competitions in which it is the main buyer, the newest first. Ask tenders(filter: {buyer}) for all.',
  })
  tenders(
    @Ctx() context: RequestContext,
    @Root() buyer: Buyer,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<ConnectionOf<Tender>> {
    return connectionOfParent(
      context,
      Tender,
      { property: 'buyerId', values: [buyer.id] },
      { order: tenderOrders.PUBLISHED_DESC },
      page,
    );
  }
}
