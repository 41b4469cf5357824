import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Database, openDatabase } from '@samspill/database';
import { DEVELOPMENT_ISSUER, everybody, type Identity, personIdOf } from '@samspill/identity';
import { MessageBus } from '@samspill/messages';
import {
  Access,
  anyone,
  anyPerson,
  type FileStorage,
  type Mendable,
  RequestContext,
  recordMembership,
  type Service,
  type ServiceHost,
  serveService,
  startService,
  toUserErrors,
  UserError,
} from '@samspill/subgraph';
import { AdjustableClock } from '@samspill/values';
import pino from 'pino';
import { DetailedError, Upload } from 'tus-js-client';
import { Arg, Ctx, Field, ID, Int, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import {
  attachDocuments,
  beginDocument,
  Document,
  DocumentResolver,
  documentById,
  documents,
  documentsAttachedTo,
  OFFICE_TYPES,
  publishDocuments,
  removeDocuments,
} from './index.js';

export const MB = 1024 * 1024;
export const LARGEST = 4 * MB;
export const OSTFOLD = '920123899';
export const MARKER = '210000046';
export const SUPPLIER = '310000035';

export function somebody(id: string, ...organisations: string[]): Identity {
  const personId = personIdOf(DEVELOPMENT_ISSUER, id);
  return { kind: 'PERSON', issuer: DEVELOPMENT_ISSUER, personId, organisations, level: 'HIGH' };
}

export const actors: Record<string, Identity> = {
  everybody,
  officer: somebody('officer', OSTFOLD),
  evaluator: somebody('evaluator', OSTFOLD),
  neighbour: somebody('officer-marker', MARKER),
  supplier: somebody('supplier', SUPPLIER),
  colleague: somebody('colleague', SUPPLIER),
  rival: somebody('supplier-2', '310000027'),
  person: somebody('person'),
  hoarder: somebody('hoarder'),
};
export type ActorName =
  | 'everybody'
  | 'officer'
  | 'evaluator'
  | 'neighbour'
  | 'supplier'
  | 'colleague'
  | 'rival'
  | 'person'
  | 'hoarder';

@ObjectType()
class Outcome {
  @Field(() => [Document])
  documents: Document[];
  @Field(() => [UserError])
  userErrors: UserError[];
}

/** A service that does nothing but have documents. */
@Resolver()
class DeskResolver {
  @Access(anyone)
  @Query(() => Document, { nullable: true })
  document(@Ctx() context: RequestContext, @Arg('id', () => ID) id: string): Promise<Document | null> {
    return documentById(context, id);
  }

  @Access(anyone)
  @Query(() => [Document])
  attached(@Ctx() context: RequestContext, @Arg('id', () => ID) id: string): Promise<Document[]> {
    return documentsAttachedTo(context, 'Thing', id);
  }

  @Access(anyPerson)
  @Mutation(() => Outcome)
  async begin(
    @Ctx() context: RequestContext,
    @Arg('name', () => String) name: string,
    @Arg('size', () => Int) size: number,
    @Arg('organisation', () => String, { nullable: true }) organisationNumber?: string,
    @Arg('municipality', () => String, { nullable: true }) municipalityNumber?: string,
    @Arg('reader', () => String, { nullable: true }) reader?: string,
  ): Promise<Outcome> {
    const alsoReadableBy = reader ? { municipality: reader } : undefined;
    const spec = { purpose: 'THING', name, size, organisationNumber, municipalityNumber, alsoReadableBy };
    const result = await context.change((change) => beginDocument(context, change, spec));
    return outcome(context, 'mend' in result ? result : { documents: [result.document] });
  }

  @Access(anyPerson)
  @Mutation(() => Outcome)
  async attach(
    @Ctx() context: RequestContext,
    @Arg('ids', () => [ID]) ids: string[],
    @Arg('to', () => ID) id: string,
    @Arg('organisation', () => String, { nullable: true }) organisationNumber?: string,
    @Arg('municipality', () => String, { nullable: true }) municipalityNumber?: string,
  ): Promise<Outcome> {
    const to = { type: 'Thing', id, organisationNumber, municipalityNumber };
    return outcome(
      context,
      await context.change((change) => attachDocuments(change, ids, to, ['input', 'ids'])),
    );
  }

  @Access(anyPerson)
  @Mutation(() => Boolean)
  async publish(@Ctx() context: RequestContext, @Arg('ids', () => [ID]) ids: string[]): Promise<boolean> {
    await context.change(async (change) => {
      await publishDocuments(change.em, ids, context.clock.now());
      change.audit({ object: { type: 'Thing', id: 'published' } });
    });
    return true;
  }

  @Access(anyPerson)
  @Mutation(() => Boolean)
  async remove(@Ctx() context: RequestContext, @Arg('from', () => ID) id: string): Promise<boolean> {
    await context.change(async (change) => {
      await removeDocuments(change.em, { attachedTo: { type: 'Thing', id } });
      change.audit({ object: { type: 'Thing', id } });
    });
    return true;
  }
}

function outcome(context: RequestContext, result: { documents: Document[] } | { mend: Mendable[] }): Outcome {
  if ('mend' in result) return { documents: [], userErrors: toUserErrors(result.mend, context) };
  return { documents: result.documents, userErrors: [] };
}

/** What a test turns on and off while the service runs. */
export type TestHost = { -readonly [Part in keyof ServiceHost]: ServiceHost[Part] };

export interface World {
  readonly clock: AdjustableClock;
  readonly host: TestHost;
  readonly folder: string;
  readonly service: Service;
  /** The second replica: same database, same folder, a port of its own. */
  readonly url: string;
  readonly otherUrl: string;
  readonly otherService: Service;
  close(): Promise<void>;
}

export async function openWorld(files?: FileStorage): Promise<World> {
  const base = mkdtempSync(join(tmpdir(), 'samspill-documents-test-'));
  const none = mkdtempSync(join(tmpdir(), 'samspill-no-migrations-'));
  const clock = new AdjustableClock('2026-03-02T09:00:00Z');
  const database: Database = await openDatabase({});
  const bus = await MessageBus.open(database, { onError: () => undefined });
  const urls: string[] = [];
  const log = pino({ level: 'silent' });
  const start = async (place: number) => {
    const host: TestHost = {
      database,
      bus,
      clock,
      log,
      publicUrl: () => urls[place] as string,
      linkKey: Buffer.alloc(32, 7),
      files: files ?? { kind: 'folder', path: base },
    };
    const service = await startService(
      {
        name: 'dialogue',
        resolvers: [DocumentResolver, DeskResolver],
        references: [],
        entities: [],
        migrations: pathToFileURL(`${none}/`),
        parts: [documents([{ name: 'THING', mediaTypes: OFFICE_TYPES, largest: LARGEST }])],
      },
      host,
    );
    const served = await serveService(service, {
      host: '127.0.0.1',
      port: 0,
      isReady: async () => true,
      authenticate: (headers) => actors[headers['x-actor'] ?? 'everybody'] as Identity,
    });
    urls[place] = new URL(served.url).origin;
    return { host, service, served };
  };
  const first = await start(0);
  const second = await start(1);
  await first.service.store.change('test', async ({ em, audit }) => {
    const members = [
      ['officer', '3118', OSTFOLD],
      ['evaluator', '3118', OSTFOLD],
      ['neighbour', '3122', MARKER],
    ] as const;
    for (const [actor, municipality, organisation] of members) {
      const { personId } = actors[actor] as { personId: string };
      const membership = { personId, municipality, organisation, municipalityNumbers: [municipality] };
      await recordMembership(em, 'dialogue', { ...membership, roles: ['EVENT_HOST'], version: 1 });
    }
    audit({ object: { type: 'Membership', id: 'test' } });
  });
  return {
    clock,
    host: first.host,
    folder: join(base, 'dialogue'),
    service: first.service,
    otherService: second.service,
    url: urls[0] as string,
    otherUrl: urls[1] as string,
    close: async () => {
      await first.served.close();
      await second.served.close();
      await bus.close();
      await database.close();
      rmSync(base, { recursive: true, force: true });
      rmSync(none, { recursive: true, force: true });
    },
  };
}

export const filesIn = ({ folder }: World): string[] => readdirSync(folder).toSorted();

// biome-ignore lint/suspicious/noExplicitAny: each test reads the answer to its own query
export type Answer = { data: any; codes: unknown[]; messages: string[] };

export async function ask(
  url: string,
  actor: ActorName,
  query: string,
  variables: object = {},
  language = 'nb',
): Promise<Answer> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'accept-language': language, 'x-actor': actor },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors = [] } = (await response.json()) as {
    data: unknown;
    errors?: { message: string; extensions: { code: string } }[];
  };
  return {
    data,
    codes: errors.map(({ extensions }) => extensions.code),
    messages: errors.map(({ message }) => message),
  };
}

export const FIELDS = 'id name mediaType size sha256 state refusal createdAt downloadUrl uploadUrl';
export const BEGIN = `mutation ($name: String!, $size: Int!, $organisation: String, $municipality: String, $reader: String) {
  begin(name: $name, size: $size, organisation: $organisation, municipality: $municipality, reader: $reader) {
    documents { ${FIELDS} } userErrors { code message path }
  }
}`;

/** Begins an upload and says where it goes. */
export async function begin(
  { url }: Pick<World, 'url'>,
  actor: ActorName,
  name: string,
  size: number,
  more: object = {},
): Promise<{ id: string; uploadUrl: string }> {
  const { data, codes, messages } = await ask(url, actor, BEGIN, { name, size, ...more });
  const document = data?.begin?.documents[0];
  if (!document) throw new Error(`No upload was begun: ${codes} ${messages} ${JSON.stringify(data)}`);
  return document;
}

/** The status of the answer that ended an upload; 0 when there was none, null when it succeeded. */
export async function send(
  uploadUrl: string,
  contents: Buffer,
  chunkSize = Infinity,
): Promise<number | null> {
  return new Promise((resolve, reject) => {
    new Upload(contents, {
      uploadUrl,
      chunkSize,
      retryDelays: null,
      onSuccess: () => resolve(null),
      onError: (error) => {
        if (error instanceof DetailedError) resolve(error.originalResponse?.getStatus() ?? 0);
        else reject(error);
      },
    }).start();
  });
}

/** Sends a file until there, and hangs up in the middle of the request, as a train in a tunnel does. */
export async function breakOff(
  uploadUrl: string,
  contents: Buffer,
  until: number,
  isThere: () => Promise<unknown> = async () => new Promise((resolve) => setTimeout(resolve, 300)),
): Promise<void> {
  const { hostname, port, pathname, search } = new URL(uploadUrl);
  const socket = createConnection({ host: hostname, port: Number(port) });
  const head = [
    `PATCH ${pathname}${search} HTTP/1.1`,
    `Host: ${hostname}`,
    'Tus-Resumable: 1.0.0',
    'Upload-Offset: 0',
    'Content-Type: application/offset+octet-stream',
    `Content-Length: ${contents.length}`,
  ];
  socket.write(`${head.join('\r\n')}\r\n\r\n`);
  await new Promise<void>((resolve) => socket.write(contents.subarray(0, until), () => resolve()));
  await isThere();
  socket.destroy();
}

/** A document as GraphQL shows it; null to whom it does not. */
export interface SeenDocument {
  readonly state: string;
  readonly refusal: string;
  readonly downloadUrl: string;
  readonly uploadUrl: string;
}

export const DOCUMENT = `query ($id: ID!) { document(id: $id) { ${FIELDS} } }`;

export async function seen(
  { url }: Pick<World, 'url'>,
  actor: ActorName,
  id: string,
  language = 'nb',
): Promise<SeenDocument> {
  return (await ask(url, actor, DOCUMENT, { id }, language)).data.document;
}

/** Begins and sends; gives the id. */
export async function upload(
  world: Pick<World, 'url'>,
  actor: ActorName,
  name: string,
  contents: Buffer,
  more: object = {},
): Promise<string> {
  const { id, uploadUrl } = await begin(world, actor, name, contents.length, more);
  const status = await send(uploadUrl, contents);
  if (status !== null) throw new Error(`The upload ended with ${status}.`);
  return id;
}

export const pdf = (size = 1_000): Buffer =>
  Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(size - 9, `${randomUUID()}\u0000`)]);
