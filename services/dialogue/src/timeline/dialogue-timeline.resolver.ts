import { RequestContext, TimelineFact } from '@samspill/subgraph';
import { Ctx, Directive, FieldResolver, Resolver, Root } from 'type-graphql';
import { Disclosure } from '../disclosure/disclosure.js';
import { activitiesOf, dialoguesOfProcurement } from '../market-dialogue/market-dialogue.loader.js';
import { MeetingRound } from '../meeting/meeting-round.js';
import { NeedStatus } from '../need/need.js';
import { needsOfProcurement } from '../need/need.loader.js';
import { NeedClarification } from '../need/need-clarification.js';
import { NeedJoining } from '../need-joining/need-joining.js';
import { Procurement } from '../procurement/procurement.js';
import { factsOfDialogue, factsOfNeed } from './dialogue-timeline.js';

@Resolver(() => Procurement)
export class DialogueTimelineResolver {
  @Directive('@inaccessible')
  @FieldResolver(() => [TimelineFact], {
    nullable: true,
    description: 'What needs and market dialogues tell, for Procurement.timeline.',
  })
  async dialogueTimeline(
    @Ctx() context: RequestContext,
    @Root() procurement: Procurement,
  ): Promise<TimelineFact[]> {
    const [needs, dialogues] = await Promise.all([
      needsOfProcurement(context, procurement.id),
      dialoguesOfProcurement(context, procurement.id),
    ]);
    // A draft, or what only one has been told so far, is nothing that has happened to everybody.
    const ofNeeds = needs
      .filter(({ status }) => status !== NeedStatus.DRAFT)
      .map(async (need) =>
        factsOfNeed(need, await clarificationsOf(context, need.id), await joiningsOf(context, need.id)),
      );
    const ofDialogues = dialogues
      .filter(({ announcedAt }) => announcedAt !== null)
      .map(async (dialogue) =>
        factsOfDialogue(
          dialogue,
          await activitiesOf(context, dialogue.id),
          await toldToAll(context, dialogue.id),
          await roundsOf(context, dialogue.id),
        ),
      );
    return (await Promise.all([...ofNeeds, ...ofDialogues])).flat();
  }
}

async function clarificationsOf(context: RequestContext, needId: string): Promise<NeedClarification[]> {
  const found = await context.batched('timeline.clarifications', needId, async (ids) =>
    Map.groupBy(await context.find(NeedClarification, { need: { $in: [...ids] } }), (each) => each.need.id),
  );
  return found ?? [];
}

async function joiningsOf(context: RequestContext, needId: string): Promise<NeedJoining[]> {
  const found = await context.batched('timeline.joinings', needId, async (ids) =>
    Map.groupBy(await context.find(NeedJoining, { need: { $in: [...ids] } }), (each) => each.need.id),
  );
  return found ?? [];
}

async function toldToAll(context: RequestContext, dialogueId: string): Promise<Disclosure[]> {
  const found = await context.batched('timeline.ledger', dialogueId, async (ids) =>
    Map.groupBy(
      await context.find(
        Disclosure,
        { dialogueId: { $in: [...ids] }, publishedAt: { $ne: null } },
        { orderBy: { number: 'asc' } },
      ),
      (each) => each.dialogueId,
    ),
  );
  return found ?? [];
}

async function roundsOf(context: RequestContext, dialogueId: string): Promise<MeetingRound[]> {
  const found = await context.batched('timeline.rounds', dialogueId, async (ids) =>
    Map.groupBy(
      await context.find(MeetingRound, { dialogueId: { $in: [...ids] }, drawnAt: { $ne: null } }),
      (each) => each.dialogueId,
    ),
  );
  return found ?? [];
}
