import type { FilterQuery } from '@mikro-orm/core';
import type { KeysetOrder } from '@samspill/database';
import {
  Access,
  AGE,
  anyone,
  CacheControl,
  type ConnectionOf,
  CpvCodeScalar,
  connection,
  inLanguage,
  MoneyScalar,
  OrganisationNumberScalar,
  PageArgs,
  RequestContext,
} from '@samspill/subgraph';
import { type Money, parseCpv } from '@samspill/values';
import {
  Arg,
  Args,
  Ctx,
  Field,
  FieldResolver,
  ID,
  InputType,
  Query,
  Resolver,
  Root,
  registerEnumType,
} from 'type-graphql';
import { Buyer } from '../buyer/buyer.js';
import { buyersById } from '../buyer/buyer.loader.js';
import { buyersOf } from '../import/fold-tender.js';
import { hasPart } from '../part-of-text.js';
import { Procurement } from '../procurement/procurement.js';
import { Tender } from '../tender/tender.js';
import { tenderById } from '../tender/tender.loader.js';
import { Notice, NoticeConnection } from './notice.js';
import { contentOf, noticeById, relatedNotices, xmlOf } from './notice.loader.js';
import { changesOf } from './notice-changes.js';
import { previousOf, resultsOfNotice } from './notice-content.js';
import { DataQualityRemark, NoticeContact, NoticeLot, NoticeResult } from './notice-parts.js';

@InputType({ description: 'Which notices. Everything given must fit; of several values in a list, one.' })
export class NoticeFilter {
  @Field(() => String, { nullable: true, description: 'A part of the title, in upper or lower case.' })
  title?: string;

  @Field(() => String, {
    nullable: true,
    description: 'Number without version (BT-701): gives all versions.',
  })
  noticeId?: string;

  @Field(() => [String], {
    nullable: true,
    description: 'Kinds of form (eForms code list form-type), such as planning or result.',
  })
  formTypes?: string[];

  @Field(() => [String], {
    nullable: true,
    description: 'Types of notice (eForms code list notice-type), such as cn-standard.',
  })
  noticeTypes?: string[];

  @Field(() => OrganisationNumberScalar, {
    nullable: true,
    description: 'Of the buyer with this organisation number.',
  })
  buyer?: string;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Only those with remarks on their data quality (true) or without (false).',
  })
  hasDataQualityRemarks?: boolean;

  @Field(() => Date, { nullable: true, description: 'Sent for publication at or after this.' })
  publishedAfter?: Date;

  @Field(() => Date, { nullable: true, description: 'Sent for publication before this.' })
  publishedBefore?: Date;
}

export enum NoticeOrder {
  PUBLISHED_DESC = 'PUBLISHED_DESC',
  PUBLISHED_ASC = 'PUBLISHED_ASC',
}

registerEnumType(NoticeOrder, {
  name: 'NoticeOrder',
  description: 'In which order notices come.',
  valuesConfig: {
    PUBLISHED_DESC: { description: 'The newest first.' },
    PUBLISHED_ASC: { description: 'The oldest first.' },
  },
});

const noticeOrders: Record<NoticeOrder, KeysetOrder> = {
  PUBLISHED_DESC: {
    name: 'PUBLISHED_DESC',
    property: 'publishedAt',
    direction: 'desc',
  },
  PUBLISHED_ASC: { name: 'PUBLISHED_ASC', property: 'publishedAt', direction: 'asc' },
};

function noticesMatching(filter: NoticeFilter | null): FilterQuery<Notice>[] {
  if (!filter) return [];
  const where: object[] = [];
  if (filter.title) where.push(...hasPart('title', filter.title));
  if (filter.noticeId) where.push({ noticeId: filter.noticeId });
  if (filter.formTypes) where.push({ formType: { $in: filter.formTypes } });
  if (filter.noticeTypes) where.push({ noticeType: { $in: filter.noticeTypes } });
  if (filter.buyer) where.push({ buyerIds: { $contains: [`NO-BRC-${filter.buyer}`] } });
  if (typeof filter.hasDataQualityRemarks === 'boolean') {
    where.push({ hasRemarks: filter.hasDataQualityRemarks });
  }
  if (filter.publishedAfter) where.push({ publishedAt: { $gte: filter.publishedAfter } });
  if (filter.publishedBefore) where.push({ publishedAt: { $lt: filter.publishedBefore } });
  return where as FilterQuery<Notice>[];
}

@Resolver(() => Notice)
export class NoticeResolver {
  @CacheControl({ maxAge: AGE.PUBLISHED })
  @Access(anyone)
  @Query(() => NoticeConnection, {
    nullable: true,
    description:
      'Notices, the newest first unless asked otherwise. Null only when the service does not answer.',
  })
  notices(
    @Ctx() context: RequestContext,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => NoticeFilter, { nullable: true, description: 'Only those that fit all of this.' })
    filter: NoticeFilter | null,
    @Arg('orderBy', () => NoticeOrder, {
      defaultValue: NoticeOrder.PUBLISHED_DESC,
      description: 'In which order.',
    })
    orderBy: NoticeOrder,
  ): Promise<ConnectionOf<Notice>> {
    return connection(context, Notice, noticesMatching(filter), noticeOrders[orderBy], page);
  }

  @Access(anyone)
  @Query(() => Notice, {
    nullable: true,
    description: 'One version of a notice; null when there is none with this id.',
  })
  notice(
    @Ctx() context: RequestContext,
    @Arg('id', () => ID, { description: 'Number and version, such as 5681ff11-…-01.' }) id: string,
  ): Promise<Notice | null> {
    return noticeById(context, id);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'Description (BT-24), in Norwegian where there is one.',
  })
  async description(@Ctx() context: RequestContext, @Root() notice: Notice): Promise<string | null> {
    return (await contentOf(context, notice.id)).description?.value ?? null;
  }

  @FieldResolver(() => [Buyer], { description: 'The buyers that it names, the main one first.' })
  buyers(@Ctx() context: RequestContext, @Root() notice: Notice): Promise<Buyer[]> {
    return buyersById(context, notice.buyerIds);
  }

  @FieldResolver(() => CpvCodeScalar, { nullable: true, description: 'Main CPV code (BT-262).' })
  async cpv(@Ctx() context: RequestContext, @Root() notice: Notice): Promise<string | null> {
    const { cpv } = await contentOf(context, notice.id);
    return cpv === null ? null : (parseCpv(cpv)?.code ?? null);
  }

  @FieldResolver(() => MoneyScalar, { nullable: true, description: 'Estimated value without VAT (BT-27).' })
  async estimatedValue(@Ctx() context: RequestContext, @Root() notice: Notice): Promise<Money | null> {
    return (await contentOf(context, notice.id)).estimatedValue;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'Code of the procedure as published (BT-105), such as open.',
  })
  async procedureType(@Ctx() context: RequestContext, @Root() notice: Notice): Promise<string | null> {
    return (await contentOf(context, notice.id)).procedureType;
  }

  @FieldResolver(() => Date, {
    nullable: true,
    description: 'Deadline for tenders or requests to participate, as this notice gives it.',
  })
  async deadline(@Ctx() context: RequestContext, @Root() notice: Notice): Promise<Date | null> {
    const { deadline } = await contentOf(context, notice.id);
    return deadline ? new Date(deadline) : null;
  }

  @FieldResolver(() => [NoticeLot], { description: 'The lots, or parts of a plan, that it describes.' })
  async lots(@Ctx() context: RequestContext, @Root() notice: Notice): Promise<NoticeLot[]> {
    return (await contentOf(context, notice.id)).lots.map((lot) => ({
      number: lot.id,
      title: lot.title?.value ?? null,
      cpv: lot.cpv === null ? null : (parseCpv(lot.cpv)?.code ?? null),
      estimatedValue: lot.estimatedValue,
      deadline: lot.deadline ? new Date(lot.deadline) : null,
    }));
  }

  @FieldResolver(() => [NoticeResult], {
    description: 'The results that it announces, one for each lot result.',
  })
  async results(@Ctx() context: RequestContext, @Root() notice: Notice): Promise<NoticeResult[]> {
    return resultsOfNotice(await contentOf(context, notice.id));
  }

  @FieldResolver(() => NoticeContact, {
    nullable: true,
    description: 'Whom to ask: the main buyer’s contact point (BT-502, BT-506, BT-503).',
  })
  async contact(@Ctx() context: RequestContext, @Root() notice: Notice): Promise<NoticeContact | null> {
    return buyersOf(await contentOf(context, notice.id))[0]?.contact ?? null;
  }

  @FieldResolver(() => [String], {
    description:
      'For a correction, what it changed compared with the notice before, in the reader’s language; otherwise empty.',
  })
  async changes(@Ctx() context: RequestContext, @Root() notice: Notice): Promise<string[]> {
    if (!notice.isCorrection) return changesOf(await contentOf(context, notice.id), null, context.language);
    const related = await relatedNotices(context, notice);
    const itself = related.find(({ id }) => id === notice.id) ?? notice;
    return changesOf(itself.content, previousOf(itself, related)?.content ?? null, context.language);
  }

  @FieldResolver(() => [DataQualityRemark], {
    description: 'What was wrong or unusual in the notice, and how it was read.',
  })
  async dataQuality(@Ctx() context: RequestContext, @Root() notice: Notice): Promise<DataQualityRemark[]> {
    return (await contentOf(context, notice.id)).remarks.map(({ message, ...remark }) => ({
      ...remark,
      message: inLanguage(message, context.language),
    }));
  }

  @FieldResolver(() => String, { description: 'The XML exactly as it was imported.' })
  xml(@Ctx() context: RequestContext, @Root() notice: Notice): Promise<string> {
    return xmlOf(context, notice.id);
  }

  @FieldResolver(() => Tender, {
    nullable: true,
    description: 'The competition that it counts towards; null for consultations and the like.',
  })
  tender(@Ctx() context: RequestContext, @Root() notice: Notice): Promise<Tender | null> | null {
    return notice.tenderId ? tenderById(context, notice.tenderId) : null;
  }

  @FieldResolver(() => Procurement, { description: 'The chain that it is part of.' })
  procurement(@Root() notice: Notice): Pick<Procurement, 'id'> {
    return { id: notice.procurementId };
  }
}
