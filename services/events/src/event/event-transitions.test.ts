import { randomUUID } from 'node:crypto';
import { Document, DocumentState } from '@samspill/documents';
import { everybody, type Identity } from '@samspill/identity';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MATERIAL, MATERIAL_PURPOSE, Material } from '../material/material.js';
import { EventStatus } from './event.status.js';
import {
  colleagues,
  host,
  hostOfMarker,
  machine,
  person,
  startTestEvents,
  supplier,
  type TestEvents,
} from './event.test-support.js';
import { Session } from './session.js';

/** Every action in every state by everybody: what is refused says why, and changes nothing. */

let events: TestEvents;
beforeAll(async () => {
  events = await startTestEvents();
});
afterAll(() => events?.[Symbol.asyncDispose]());

const { DRAFT, PUBLISHED, REGISTRATION_OPEN, FULL, HELD, CANCELLED } = EventStatus;
const states = Object.values(EventStatus);

interface Target {
  readonly id: string;
  readonly session: string;
  readonly material: string;
  readonly document: string;
}

interface Action {
  readonly query: (target: Target) => string;
  /** Why hosts cannot do it; what is not named they can. */
  readonly refused: Partial<Record<EventStatus, string>>;
}

const over = { [HELD]: 'EVENT_HELD', [CANCELLED]: 'EVENT_CANCELLED' };
const published = Object.fromEntries(
  [PUBLISHED, REGISTRATION_OPEN, FULL, HELD, CANCELLED].map((state) => [state, 'EVENT_NOT_DRAFT']),
);
const hidden = { [DRAFT]: 'EVENT_NOT_PUBLISHED' };

const times = `startsAt: "2026-03-12T10:00:00Z", endsAt: "2026-03-12T11:00:00Z"`;
const actions: Record<string, Action> = {
  updateEvent: {
    query: ({ id }) => `updateEvent(input: { id: "${id}", title: "Nytt navn" })`,
    refused: over,
  },
  publishEvent: { query: ({ id }) => `publishEvent(input: { id: "${id}" })`, refused: published },
  cancelEvent: {
    query: ({ id }) => `cancelEvent(input: { id: "${id}", reason: "Sykdom." })`,
    refused: { ...over, ...hidden },
  },
  addSession: {
    query: ({ id }) => `addSession(input: { eventId: "${id}", title: "Ny post", ${times} })`,
    refused: over,
  },
  updateSession: {
    query: ({ session }) => `updateSession(input: { id: "${session}", room: "Sal 2" })`,
    refused: over,
  },
  removeSession: { query: ({ session }) => `removeSession(input: { id: "${session}" })`, refused: over },
  createEventDocument: {
    query: ({ id }) => `createEventDocument(input: { eventId: "${id}", name: "lysark.pdf", size: 9 })`,
    refused: hidden,
  },
  publishMaterial: {
    query: ({ id, document }) => `publishMaterial(input: { eventId: "${id}", documentIds: ["${document}"] })`,
    refused: hidden,
  },
  removeMaterial: {
    query: ({ material }) => `removeMaterial(input: { id: "${material}" })`,
    refused: hidden,
  },
};

async function targetThatIs(state: EventStatus): Promise<Target> {
  const id = await events.eventThatIs(state);
  const em = events.service.store.as('system');
  const { id: session } = await em.findOneOrFail(Session, { event: id });
  const material = randomUUID();
  const [shown, ready] = [documentOf(material), documentOf(null)];
  em.create(Document, shown);
  em.create(Document, ready);
  em.create(Material, {
    ...{ id: material, documentId: shown.id, eventId: id, sessionId: null },
    publishedAt: events.clock.now(),
  });
  await em.flush();
  return { id, session, material, document: ready.id };
}

function documentOf(material: string | null) {
  const now = events.clock.now();
  return {
    ...{
      id: randomUUID(),
      purpose: MATERIAL_PURPOSE,
      name: 'lysark.pdf',
      mediaType: 'application/pdf',
      size: 9,
    },
    ...{ sha256: 'ab'.repeat(32), state: DocumentState.READY, refusalCode: null, organisationNumber: null },
    ...{ municipalityNumber: '3118', personId: host.personId },
    ...{ attachedToType: material && MATERIAL, attachedToId: material, publishedAt: material && now },
    ...{ createdAt: now, settledAt: now, failedChecks: 0, checkAfter: null },
  };
}

/** Everything that an action could change. */
const everything = () =>
  events.service.store.as('system').execute(
    `select
       (select jsonb_agg(e order by id) from events.event e) as events,
       (select jsonb_agg(s order by id) from events.session s) as sessions,
       (select jsonb_agg(m order by id) from events.material m) as material,
       (select jsonb_agg(d order by id) from events.document d) as documents,
       (select jsonb_agg(m order by id) from events.mail m) as mail,
       (select count(*) from events.audit_entry where outcome = 'DONE') as done`,
  );

const strangers: [string, Identity, string][] = [
  ['the public', everybody, 'UNAUTHENTICATED'],
  ['a person', person, 'FORBIDDEN'],
  ['a supplier', supplier, 'FORBIDDEN'],
  ['a machine', machine, 'FORBIDDEN'],
  ...colleagues.map(([role, identity]): [string, Identity, string] => [role, identity, 'FORBIDDEN']),
];

const run = (identity: Identity, { query }: Action, target: Target) =>
  events.ask(identity, `mutation { done: ${query(target)} { userErrors { code path message } } }`);

describe.each(Object.entries(actions))('%s', (_, action) => {
  it.each(states)('of an event that is %s', async (state) => {
    const target = await targetThatIs(state);
    const before = await everything();
    for (const [who, identity, code] of strangers) {
      expect(await run(identity, action, target), who).toEqual({ data: null, codes: [code] });
    }
    // A host of another municipality is not to know that there is a draft, or anything that hangs on one.
    const neighbour = await run(hostOfMarker, action, target);
    expect(neighbour).toEqual({ data: null, codes: [state === DRAFT ? 'NOT_FOUND' : 'FORBIDDEN'] });
    for (const [who, identity] of [...strangers, ['a host of Marker', hostOfMarker] as const]) {
      const answer = await events.leaveItToTheDatabase(() => run(identity, action, target));
      expect(answer.data?.done?.userErrors ?? [{}], who).not.toEqual([]);
    }
    expect(await everything()).toEqual(before);

    const { data, codes } = await run(host, action, target);
    expect(codes).toEqual([]);
    const refused = action.refused[state];
    expect(data.done.userErrors.map((each: { code: string }) => each.code)).toEqual(refused ? [refused] : []);
    if (refused) expect(await everything()).toEqual(before);
    else expect(await everything()).not.toEqual(before);
  });
});
