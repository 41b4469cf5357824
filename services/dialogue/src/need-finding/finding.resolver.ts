import { Access, anyone, officers, PublicError, RequestContext, Role, Uncached } from '@samspill/subgraph';
import { Arg, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { NeedPayload } from '../need/need.input.js';
import { Need, NeedStatus } from '../need/need.js';
import { demandNeed, NEED_WRITERS } from '../need/need.permission.js';
import { needPayload } from '../need/need-payload.js';
import { type GivenTexts, LONGEST, MOST_CONSTRAINTS, MOST_CRITERIA } from '../need/need-texts.js';
import { CheckNeedInput, OverrideFindingInput } from './finding.input.js';
import { NeedFinding, toNeedFinding } from './finding.type.js';
import { findingsIn, inTheOrderOfTheTexts } from './findings-in.js';
import { OverriddenFinding } from './overridden-finding.js';
import { overrideFinding } from './override-finding.js';

@Resolver(() => Need)
export class NeedFindingResolver {
  // Not `officers(…)`: that leaves an entry of every reading in the log, which would grow with every letter that
  // somebody types, and nothing is read here. Who asks is still asked, and the database answers.
  @Uncached()
  @Access(anyone)
  @Query(() => [NeedFinding], {
    nullable: true,
    description: `What in these texts seems to say how instead of what, for use while somebody writes a need (behov). Nothing is stored. Null only when the service does not answer, or when refused. Only for officers of the municipality with the role ${Role.PROCUREMENT_OFFICER}.`,
  })
  async checkNeed(
    @Ctx() context: RequestContext,
    @Arg('input', () => CheckNeedInput, { description: 'The texts.' }) input: CheckNeedInput,
  ): Promise<NeedFinding[]> {
    const { municipality, ...texts } = input;
    if (!(await writesNeedsOf(context, municipality))) throw await context.refusal('checkNeed', { input });
    refuseTooLong(texts);
    return findingsIn(texts).map((finding) => toNeedFinding(finding, context.language));
  }

  @Access(officers(...NEED_WRITERS))
  @Mutation(() => NeedPayload, {
    description:
      'Lets a finding in a draft of a need (behov) stand, with a reason. The reason goes away with the words that it is about.',
  })
  async overrideFinding(
    @Ctx() context: RequestContext,
    @Arg('input', () => OverrideFindingInput, { description: 'Which, and why.' }) input: OverrideFindingInput,
  ): Promise<NeedPayload> {
    await demandNeed(context, input.needId);
    const { store } = context;
    return needPayload(context, await context.change((change) => overrideFinding(store, change, input)));
  }

  @FieldResolver(() => [NeedFinding], {
    description:
      'What in it seems to say how instead of what (funn). In a draft all of it, for its officers; once published what the municipality let stand, with the reason, for everybody.',
  })
  async findings(@Ctx() context: RequestContext, @Root() need: Need): Promise<NeedFinding[]> {
    const overrides = await overridesOfNeed(context, need.id);
    if (need.status !== NeedStatus.DRAFT) {
      return overrides
        .toSorted((a, b) => inTheOrderOfTheTexts(a.finding, b.finding))
        .map((each) => toNeedFinding(each.finding, context.language, each));
    }
    const byId = new Map(overrides.map((each) => [each.findingId, each]));
    return findingsIn(need).map((each) => toNeedFinding(each, context.language, byId.get(each.id)));
  }
}

async function overridesOfNeed(context: RequestContext, needId: string): Promise<OverriddenFinding[]> {
  const overrides = await context.batched('overridden-findings', needId, async (ids) => {
    const found = await context.find(OverriddenFinding, { need: { $in: [...ids] } });
    return Map.groupBy(found, ({ need }) => need.id);
  });
  return overrides ?? [];
}

async function writesNeedsOf({ em }: RequestContext, municipality: string): Promise<boolean> {
  const [row] = await em.execute<{ holds: boolean }[]>(
    `select samspill.holds('${Role.PROCUREMENT_OFFICER}', ?) as holds`,
    [municipality],
  );
  return row?.holds ?? false;
}

/** Ten times what a need may have: somebody who writes may be too long for a while, and nobody has us read a book. */
const MOST_CHARACTERS =
  10 *
  (LONGEST.title +
    LONGEST.effect +
    LONGEST.users +
    LONGEST.volume +
    LONGEST.constraints * MOST_CONSTRAINTS +
    LONGEST.successCriteria * MOST_CRITERIA);

function refuseTooLong(texts: GivenTexts): void {
  const length = Object.values(texts)
    .flat()
    .reduce((sum, text) => sum + (text?.length ?? 0), 0);
  if (length <= MOST_CHARACTERS) return;
  throw PublicError.badInput(
    {
      nb: `Tekstene kan til sammen ha høyst ${MOST_CHARACTERS} tegn. Kort dem ned før de sjekkes.`,
      nn: `Tekstane kan til saman ha høgst ${MOST_CHARACTERS} teikn. Kort dei ned før dei blir sjekka.`,
      en: `The texts may have at most ${MOST_CHARACTERS} characters together. Shorten them before they are checked.`,
    },
    'input',
  );
}
