import {
  type ConnectionOf,
  connectionOfWhole,
  PageArgs,
  RequestContext,
  TimelineKind,
} from '@samspill/subgraph';
import { Arg, Args, Ctx, Directive, FieldResolver, Resolver, Root } from 'type-graphql';
import { Notice } from '../notice/notice.js';
import { noticeById } from '../notice/notice.loader.js';
import { Procurement } from '../procurement/procurement.js';
import { Tender } from '../tender/tender.js';
import { tenderById } from '../tender/tender.loader.js';
import { TimelineEntry, TimelineEntryConnection } from './timeline.js';
import { tendersTimelineOf } from './timeline.loader.js';
import { asTimeline } from './timeline-of.js';

const FACT = '{ at kind title subjectId }';

@Resolver(() => Procurement)
export class ProcurementTimelineResolver {
  @Directive(`@requires(fields: "dialogueTimeline ${FACT} eventsTimeline ${FACT}")`)
  @FieldResolver(() => TimelineEntryConnection, {
    nullable: true,
    description:
      'The whole chain as one line of time (tidslinje), the earliest first: need, market dialogue with what everybody was told, events, competitions and contracts. Null only when a service that has a part of it does not answer.',
  })
  async timeline(
    @Ctx() context: RequestContext,
    @Root() procurement: Procurement,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('kinds', () => [TimelineKind], {
      nullable: true,
      description: 'Only what is of one of these kinds.',
    })
    kinds?: TimelineKind[] | null,
  ): Promise<ConnectionOf<TimelineEntry>> {
    const { dialogueTimeline, eventsTimeline } = procurement;
    const own = await tendersTimelineOf(context, procurement.id);
    const all = asTimeline([...(dialogueTimeline ?? []), ...(eventsTimeline ?? []), ...own]);
    return connectionOfWhole(kinds ? all.filter(({ kind }) => kinds.includes(kind)) : all, page);
  }
}

@Resolver(() => TimelineEntry)
export class TimelineEntryResolver {
  /** Our own are loaded here; what others own is found by its key. */
  @FieldResolver()
  async subject(
    @Ctx() context: RequestContext,
    @Root() { subject }: TimelineEntry,
  ): Promise<TimelineEntry['subject']> {
    if (subject instanceof Tender) return tenderById(context, subject.id);
    if (subject instanceof Notice) return noticeById(context, subject.id);
    return subject;
  }
}
