import type { KeysetOrder } from '@samspill/database';
import {
  Access,
  AGE,
  anyone,
  CacheControl,
  type ConnectionOf,
  connection,
  FollowsTheClock,
  MunicipalityNumberScalar,
  PageArgs,
  RequestContext,
} from '@samspill/subgraph';
import { Arg, Args, Ctx, Field, FieldResolver, InputType, Query, Resolver, Root } from 'type-graphql';
import { TenderFilter, TenderOrder } from '../tender/tender.filter.js';
import { Tender, TenderConnection } from '../tender/tender.js';
import { tendersOf } from '../tender/tenders-of-municipality.js';
import { Municipality, MunicipalityConnection } from './municipality.js';
import { municipalityHistory } from './municipality.loader.js';

@InputType({ description: 'Which municipalities. Everything given must fit.' })
export class MunicipalityFilter {
  @Field(() => Boolean, {
    nullable: true,
    description: 'Only those whose number is in use today (true) or no longer is (false).',
  })
  current?: boolean;

  @Field(() => String, { nullable: true, description: 'The name, exactly.' })
  name?: string;
}

const byName: KeysetOrder = { name: 'NAME_ASC', property: 'nameSort', direction: 'asc' };

@Resolver(() => Municipality)
export class MunicipalityResolver {
  @CacheControl({ maxAge: AGE.RARELY_CHANGED })
  @Access(anyone)
  @Query(() => MunicipalityConnection, {
    nullable: true,
    description:
      'Municipalities under all their numbers, by name. Null only when the service does not answer.',
  })
  municipalities(
    @Ctx() context: RequestContext,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => MunicipalityFilter, {
      nullable: true,
      description: 'Only those that fit all of this.',
    })
    filter: MunicipalityFilter | null,
  ): Promise<ConnectionOf<Municipality>> {
    const where: object[] = [];
    if (typeof filter?.current === 'boolean')
      where.push({ validUntil: filter.current ? null : { $ne: null } });
    if (filter?.name) where.push({ name: filter.name });
    return connection(context, Municipality, where, byName, page);
  }

  @Access(anyone)
  @Query(() => Municipality, {
    nullable: true,
    description: 'One municipality by a number that it has or had.',
  })
  async municipality(
    @Ctx() context: RequestContext,
    @Arg('number', () => MunicipalityNumberScalar, { description: 'Four digits, such as 3118.' })
    number: string,
  ): Promise<Municipality | null> {
    return (await municipalityHistory(context)).get(number);
  }

  @FieldResolver(() => [MunicipalityNumberScalar], {
    description: 'This number and those of all municipalities that have become part of it.',
  })
  async numbers(@Ctx() context: RequestContext, @Root() municipality: Municipality): Promise<string[]> {
    return (await municipalityHistory(context)).numbersOf(municipality.number);
  }

  @FieldResolver(() => [Municipality], {
    description:
      'The municipalities that merged into this one (kommunesammenslåing), by name; empty where none did.',
  })
  async mergedFrom(
    @Ctx() context: RequestContext,
    @Root() municipality: Municipality,
  ): Promise<Municipality[]> {
    return (await municipalityHistory(context)).mergedFrom(municipality.number);
  }

  @FieldResolver(() => Municipality, {
    nullable: true,
    description: 'What it is part of today; null while its own number is in use.',
  })
  async currently(
    @Ctx() context: RequestContext,
    @Root() municipality: Municipality,
  ): Promise<Municipality | null> {
    return (await municipalityHistory(context)).becameOf(municipality.number);
  }

  @FollowsTheClock()
  @FieldResolver(() => TenderConnection, {
    nullable: true,
    description:
      'Its competitions, and those of the municipalities that have become part of it. Null only when the service does not answer.',
  })
  async tenders(
    @Ctx() context: RequestContext,
    @Root() municipality: Municipality,
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
    return tendersOf(context, history.numbersOf(municipality.number), filter, orderBy, page);
  }
}
