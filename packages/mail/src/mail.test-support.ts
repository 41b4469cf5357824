import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Entity, PrimaryKey } from '@mikro-orm/decorators/legacy';
import { type DatabaseRole, openDatabase, openStore } from '@samspill/database';
import type { MailRoute, ServiceHost, ServiceStore } from '@samspill/subgraph';
import { AdjustableClock } from '@samspill/values';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { mailMigration } from './migration.js';
import { type Letter, queueMail } from './queue-mail.js';
import { defineMail } from './template.js';

export const START = '2026-10-01T08:00:00.000Z';

export interface LogLine {
  readonly level: 'warn' | 'error';
  readonly text: string;
}

export interface MailRow {
  id: string;
  state: string;
  attempts: number;
  failure: string | null;
  person_id: string | null;
  to_email: string | null;
  to_name: string | null;
  subject: string | null;
  body_text: string | null;
  body_html: string | null;
  calendar: string | null;
  message_id: string;
  template: string;
  about_id: string;
}

/** The ORM wants one; a store has others. */
@Entity({ tableName: 'placeholder' })
class Placeholder {
  @PrimaryKey({ type: 'text' })
  id: string;
}

/** The store of the service `events`, with nothing in it but letters. */
export async function openMailStore() {
  const folder = mkdtempSync(join(tmpdir(), 'samspill-mail-'));
  const database = await openDatabase({});
  const orm = await openStore(database, {
    schema: 'events',
    entities: [Placeholder],
    migrations: new URL(`${pathToFileURL(folder).href}/`),
    common: [mailMigration('events')],
  });
  const clock = new AdjustableClock(START);
  const log: LogLine[] = [];
  const line =
    (level: LogLine['level']) =>
    (...all: unknown[]) =>
      void log.push({
        level,
        text: JSON.stringify(all, (_, each) => (each instanceof Error ? String(each) : each)),
      });
  const storeOf = (host: { mail?: MailRoute; personas?: boolean }): ServiceStore =>
    ({
      name: 'events',
      host: { clock, log: { warn: line('warn'), error: line('error') }, ...host } as unknown as ServiceHost,
      as: (role: DatabaseRole) => {
        const em = orm.em.fork();
        em.setSessionContext({ role: `samspill_events_${role}` });
        return em;
      },
      fork: () => orm.em.fork(),
    }) as unknown as ServiceStore;
  const store = storeOf({ personas: true });
  return {
    clock,
    log,
    store,
    storeOf,
    /** In the manner of somebody who changes something in their own name. */
    queue: (letter: Partial<Letter<Hello>> = {}) =>
      store.as('writer').transactional((em) => queueMail({ em }, store, hello(letter))),
    rows: () =>
      store.as('system').execute<MailRow[]>('select * from events.mail order by queued_at, template, id'),
    empty: async () => {
      await store.as('system').execute('delete from events.mail');
      clock.set(START);
      log.length = 0;
    },
    close: async () => {
      await database.close();
      rmSync(folder, { recursive: true });
    },
  };
}

interface Hello {
  readonly name: string;
}

export const helloMail = defineMail<Hello>('hello', ({ name }) => ({
  nb: {
    subject: `Hei, ${name}`,
    paragraphs: [`Velkommen, ${name}.`],
    link: { label: 'Se påmeldingen', url: 'https://a.example.no/p/1?x=1&y=2' },
  },
  nn: { subject: `Hei, ${name}`, paragraphs: [`Velkomen, ${name}.`] },
  en: { subject: `Hello, ${name}`, paragraphs: [`Welcome, ${name}.`] },
}));

export const hello = (more: Partial<Letter<Hello>> = {}): Letter<Hello> => ({
  template: helloMail,
  data: { name: 'Åse' },
  to: { email: 'ase@firma.example.no', name: 'Åse Nordmann' },
  language: 'nb',
  once: 'hello:1',
  about: { type: 'Registration', id: 'r-1' },
  ...more,
});

export interface Received {
  readonly from: string;
  readonly to: readonly string[];
  readonly source: string;
  readonly messageId: string;
}

/** A mail server of ours, with what it was given. */
export async function startSmtp(options: SMTPServerOptions = {}) {
  const received: Received[] = [];
  const server = new SMTPServer({
    authOptional: true,
    // What a test leaves open is not waited for.
    closeTimeout: 50,
    disabledCommands: ['STARTTLS'],
    onData: (stream, { envelope }, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const source = Buffer.concat(chunks).toString('utf8');
        received.push({
          from: envelope.mailFrom ? envelope.mailFrom.address : '',
          to: envelope.rcptTo.map(({ address }) => address),
          source,
          messageId: /^Message-ID: (.*)\r$/m.exec(source)?.[1] ?? '',
        });
        done();
      });
    },
    ...options,
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as { port: number };
  return {
    received,
    route: { smtpUrl: `smtp://127.0.0.1:${port}`, from: 'Samspill <ikke-svar@samspill.example.no>' },
    close: () => new Promise<void>((resolve) => server.close(resolve)),
  };
}
