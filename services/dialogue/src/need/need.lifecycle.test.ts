import { stableId } from '@samspill/values';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findingsIn } from '../need-finding/findings-in.js';
import { NeedFollowing } from '../need-following/need-following.js';
import { NeedJoining } from '../need-joining/need-joining.js';
import { Need, NeedStatus } from './need.js';
import { afterAction, type NeedAction, transitions } from './need.lifecycle.js';
import { everyone, NeedWorld, personIdOfWho, START, type Who } from './need.test-support.js';

const statuses = Object.values(NeedStatus);
const actions = Object.keys(transitions) as NeedAction[];

/** Written down once more, by hand: D draft, P published, M in market dialogue, T in tender, C closed, - refused. */
const LAWFUL: Record<NeedAction, string> = {
  UPDATE: 'D----',
  OVERRIDE_FINDING: 'D----',
  DISCARD: 'D----',
  PUBLISH: 'P----',
  CLARIFY: '-PM--',
  ANNOUNCE_DIALOGUE: '-M---',
  ANNOUNCE_TENDER: '-TT--',
  CLOSE: '-CCC-',
  LINK: 'DPMT-',
  FOLLOW: '-PMT-',
  UNFOLLOW: '-PMTC',
  JOIN: '-PM--',
  LEAVE: '-PM--',
};
const LETTERS = 'DPMTC';
const CODES: Record<string, string> = { D: 'NEED_NOT_PUBLISHED', T: 'NEED_IN_TENDER', C: 'NEED_CLOSED' };

const codeOf = (action: NeedAction, at: number): string => {
  if (['UPDATE', 'OVERRIDE_FINDING', 'DISCARD', 'PUBLISH'].includes(action)) return 'NEED_NOT_DRAFT';
  return CODES[LETTERS[at] as string] ?? 'NEED_IN_TENDER';
};

describe.each(actions)('%s', (action) => {
  it.each(statuses)('from %s', (status) => {
    const at = statuses.indexOf(status);
    const next = LAWFUL[action][at] as string;
    const result = afterAction(action, status, ['input', 'x']);
    if (next === '-') {
      // What happens by itself and is not lawful is left out, whatever it is called.
      const code = action.startsWith('ANNOUNCE') ? expect.any(String) : codeOf(action, at);
      expect(result).toMatchObject({ mend: { code, path: ['input', 'x'] } });
      const messages = 'mend' in result ? result.mend.messages : {};
      expect(new Set(Object.values(messages)).size).toBe(3);
    } else {
      expect(result).toEqual({ status: statuses[LETTERS.indexOf(next)] });
    }
  });
});

describe('whatever anybody does with a need in any status', () => {
  let world: NeedWorld;
  beforeAll(async () => {
    world = await NeedWorld.open();
  });
  afterAll(() => world?.[Symbol.asyncDispose]());

  /** What is done, by whom it may be done, and in which status. */
  const operations: {
    name: string;
    action: NeedAction;
    by: readonly Who[];
    input: (need: Need) => object;
    fields?: string;
  }[] = [
    {
      name: 'updateNeed',
      action: 'UPDATE',
      by: ['officer'],
      input: ({ id }) => ({ id, title: 'Noe annet' }),
    },
    {
      name: 'overrideFinding',
      action: 'OVERRIDE_FINDING',
      by: ['officer'],
      input: (need) => ({
        needId: need.id,
        findingId: findingsIn(need)[0]?.id,
        reason: 'Det er det vi har.',
      }),
    },
    {
      name: 'discardNeed',
      action: 'DISCARD',
      by: ['officer'],
      input: ({ id }) => ({ id }),
      fields: 'discardedId',
    },
    { name: 'publishNeed', action: 'PUBLISH', by: ['officer'], input: ({ id }) => ({ id }) },
    {
      name: 'addClarification',
      action: 'CLARIFY',
      by: ['officer'],
      input: ({ id }) => ({ id, text: 'Også om vinteren.' }),
    },
    {
      name: 'closeNeed',
      action: 'CLOSE',
      by: ['officer'],
      input: ({ id }) => ({ id, reason: 'WITHDRAWN', explanation: 'Det er ikke penger.' }),
    },
    {
      name: 'linkNeed',
      action: 'LINK',
      by: ['officer'],
      input: ({ id }) => ({ needId: id, procurementId: stableId('procurement', 'another') }),
    },
    {
      name: 'followNeed',
      action: 'FOLLOW',
      by: ['person', 'supplier', 'supplier-2', 'officer', 'evaluator', 'administrator', 'neighbour'],
      input: ({ id }) => ({ needId: id, email: 'noen@eksempel.no' }),
    },
    { name: 'unfollowNeed', action: 'UNFOLLOW', by: ['person'], input: ({ id }) => ({ needId: id }) },
    {
      name: 'joinNeed',
      action: 'JOIN',
      by: ['neighbour'],
      input: ({ id }) => ({ needId: id, municipality: '3122', volume: 'To mil.' }),
    },
    {
      name: 'leaveNeed',
      action: 'LEAVE',
      by: ['neighbour'],
      input: ({ id }) => ({ needId: id, municipality: '3122' }),
    },
  ];

  /** A need with somebody who follows it and, for leaving, a municipality that has joined. */
  async function prepared(status: NeedStatus, action: NeedAction): Promise<Need> {
    await world.clear();
    const title = action === 'OVERRIDE_FINDING' ? 'Nettbrett til alle' : 'Trygge turveier';
    const need = await world.need(status, { title });
    const em = world.system;
    if (action === 'UNFOLLOW') {
      em.create(NeedFollowing, {
        ...{ id: `f-${need.id}`, need: need.id, personId: personIdOfWho('person') },
        ...{ organisationNumber: null, email: null, language: 'nb', followedAt: new Date(START) },
      });
      await em.nativeUpdate(Need, { id: need.id }, { followers: 1 });
    }
    if (action === 'LEAVE') {
      em.create(NeedJoining, {
        ...{
          id: `j-${need.id}`,
          need: need.id,
          municipalityNumber: '3122',
          volume: 'To mil.',
          comment: null,
        },
        joinedAt: new Date(START),
      });
      await em.nativeUpdate(Need, { id: need.id }, { joined: 1 });
    }
    await em.flush();
    return need;
  }

  const knows = (who: Who, status: NeedStatus) =>
    status !== NeedStatus.DRAFT || ['officer', 'evaluator', 'administrator'].includes(who);

  /** What somebody is answered; the codes of refusals, or of what is to be mended. Null when it is done. */
  function expected({ action, by }: (typeof operations)[number], who: Who, status: NeedStatus): unknown {
    if (who === 'public') return 'UNAUTHENTICATED';
    if (who === 'machine') return 'FORBIDDEN';
    const isForPersons = action === 'FOLLOW' || action === 'UNFOLLOW';
    const writes = ['officer', 'neighbour'].includes(who);
    if (!isForPersons && !writes) return 'FORBIDDEN';
    // Only the neighbour speaks for Marker, whichever need it is about.
    if ((action === 'JOIN' || action === 'LEAVE') && who === 'officer') return 'FORBIDDEN';
    if (!knows(who, status)) return 'NOT_FOUND';
    if (!isForPersons && !by.includes(who)) return 'FORBIDDEN';
    const at = statuses.indexOf(status);
    if (LAWFUL[action][at] === '-') return codeOf(action, at);
    return by.includes(who) ? null : 'NEED_NOT_FOLLOWED';
  }

  const cases = operations.flatMap((operation) =>
    statuses.map((status) => [operation.name, status, operation] as const),
  );

  it.each(cases)('%s while it is %s', async (name, status, operation) => {
    for (const who of everyone) {
      const need = await prepared(status, operation.action);
      const before = await world.contents();
      const answer = await world.does(who, name, operation.input(need), { fields: operation.fields });
      const code = answer.refused?.[0] ?? answer.userErrors?.[0]?.code ?? null;
      const wanted = expected(operation, who, status);
      expect(code, who).toEqual(wanted);
      const after = await world.contents();
      if (wanted === null) {
        expect(after, who).not.toBe(before);
        const next = statuses[LETTERS.indexOf(LAWFUL[operation.action][statuses.indexOf(status)] as string)];
        const stored = await world.stored(need.id);
        expect(stored?.status ?? null, who).toBe(operation.action === 'DISCARD' ? null : next);
      } else {
        expect(after, who).toBe(before);
      }
    }
  });

  it.each(cases)('%s while it is %s, by the database alone', async (name, status, operation) => {
    world.leaveItToTheDatabase();
    for (const who of everyone) {
      const wanted = expected(operation, who, status);
      if (wanted === null) continue;
      const need = await prepared(status, operation.action);
      const before = await world.contents();
      const answer = await world.does(who, name, operation.input(need), { fields: operation.fields });
      const codes = [
        ...(answer.refused ?? []),
        ...(answer.userErrors ?? []).map((each: { code: string }) => each.code),
      ];
      expect(codes.length, `${who} ${JSON.stringify(answer)}`).toBeGreaterThan(0);
      expect(codes, who).not.toContain('INTERNAL');
      expect(await world.contents(), who).toBe(before);
    }
  });
});
