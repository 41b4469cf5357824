import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NoticeDraft } from '@samspill/eforms';
import { describe, expect, onTestFinished, test } from 'vitest';
import { emptyDatabase } from '../support/databases.js';
import { competition, fileOf } from '../support/notices.js';
import {
  type Ended,
  eventually,
  freePorts,
  killGroup,
  runProgram,
  startProgram,
} from '../support/programs.js';
import { ask } from '../support/region.js';

const IMPORT = 'packages/region/dist/import.js';

/** A folder that goes away with the test, with these files in it. */
function folderOf(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'samspill-import-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

/** A database on disk, for several runs of the command. */
async function dataDirectory(): Promise<Record<string, string>> {
  const database = await emptyDatabase('embedded', { onDisk: true });
  onTestFinished(() => database[Symbol.asyncDispose]());
  return database.environment;
}

const xml = (about?: Partial<NoticeDraft>) => fileOf(competition(about)).xml;
const lineAbout = ({ out }: Ended, file: string) => out.split('\n').find((line) => line.includes(file));

const ENTITY = '<!DOCTYPE x [<!ENTITY secret SYSTEM "file:///etc/passwd">]>';
const LAUGHS = `<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>`;
const withDoctype = (doctype: string) => xml().replace('?>\n', `?>\n${doctype}\n`);

describe('the import command', () => {
  test('stores what is a notice, refuses the rest with name, line and reason, and changes nothing again', async () => {
    const environment = await dataDirectory();
    const folder = folderOf({
      'a.xml': xml({ title: 'Første' }),
      'deep/er/b.XML': xml({ title: 'Andre' }),
      'deep/er/notes.txt': 'Not an XML file by name, so nobody looks.',
      'invoice.xml': '<?xml version="1.0"?>\n\n<Invoice><Total>1</Total></Invoice>',
      'broken.xml': `${xml().slice(0, 900)}<oops`,
      'empty.xml': '',
      'without-number.xml': xml().replace(/<cbc:ID schemeName="notice-id">.*<\/cbc:ID>/, ''),
      'entity.xml': withDoctype(ENTITY),
      'laughs.xml': withDoctype(LAUGHS),
      'huge.xml': xml({ description: 'x'.repeat(10 * 1024 * 1024 + 1) }),
      'last.xml': xml({ title: 'Siste' }),
    });

    const first = await runProgram(IMPORT, [folder], { environment });
    expect(first).toMatchObject({ code: 0, signal: null });
    expect(first.err).toContain('Importing 10 files into the database directly; no region is running');
    expect(first.out).toMatch(/competition \/ cn-standard +3 +0\n/);
    expect(first.out).toMatch(/Total +3 +0\n/);
    expect(first.out).toMatch(/10 files in .* 7 refused\./);
    expect(lineAbout(first, 'invoice.xml')).toMatch(/refused \S+invoice\.xml:3 {2}.*NOT_A_NOTICE {2}\w/);
    expect(lineAbout(first, 'broken.xml')).toMatch(/broken\.xml:\d+ {2}\S+ NOT_XML {2}\w/);
    expect(lineAbout(first, 'empty.xml')).toMatch(/empty\.xml\S* {2}\S+ NOT_XML {2}\w/);
    expect(lineAbout(first, 'without-number.xml')).toMatch(/BT-701 NOTICE_ID_MISSING {2}\w/);
    expect(lineAbout(first, 'entity.xml')).toMatch(/entity\.xml:2 {2}\S+ DOCTYPE_FORBIDDEN {2}\w/);
    expect(lineAbout(first, 'laughs.xml')).toMatch(/laughs\.xml:2 {2}\S+ DOCTYPE_FORBIDDEN {2}\w/);
    expect(lineAbout(first, 'huge.xml')).toMatch(/TOO_LARGE {2}\w/);
    expect(`${first.out}${first.err}`).not.toMatch(/root:|hahaha|\n +at /);

    const again = await runProgram(IMPORT, ['--strict', folder], { environment });
    expect(again.code, 'with --strict, a refusal is a failure').toBe(2);
    expect(again.out).toMatch(/Total +0 +3\n/);
    expect(again.out).toMatch(/ 7 refused\./);
  });

  test('reads one notice from standard input, and succeeds when strict if nothing is refused', async () => {
    const environment = await dataDirectory();
    const input = xml();
    const first = await runProgram(IMPORT, ['--strict', '-'], { environment, input });
    expect(first.code).toBe(0);
    expect(first.out).toMatch(/Total +1 +0\n/);
    const refused = await runProgram(IMPORT, ['-'], { environment, input: 'hello' });
    expect(lineAbout(refused, 'standard input')).toMatch(/refused standard input\S* {2}\S+ NOT_XML {2}\w/);
  });

  test('while a region runs on the same data, goes through it', async () => {
    const environment = await dataDirectory();
    const port = await freePorts(1);
    const region = startProgram('packages/region/dist/start.js', [], {
      environment: { ...environment, PORT: String(port), DEMO: 'false' },
    });
    onTestFinished(() => killGroup(region.child));
    const url = `http://127.0.0.1:${port}`;
    const total = async () => {
      const answer = await ask(url, '{ notices { totalCount } }').catch(() => null);
      return answer?.data ? { count: answer.data.notices.totalCount } : null;
    };
    expect(await eventually(total, { what: 'the region to answer' })).toEqual({ count: 0 });
    const folder = folderOf({ 'one.xml': xml(), 'two.xml': xml(), 'three.xml': '<three/>' });

    const through = await runProgram(IMPORT, [folder], { environment });
    expect(through.err).toContain(`into the region at ${url}`);
    expect(through).toMatchObject({ code: 0, signal: null });
    expect(lineAbout(through, 'three.xml')).toContain('NOT_A_NOTICE');
    expect(await total()).toEqual({ count: 2 });

    // From anywhere else it is told where the region is.
    const named = await runProgram(IMPORT, ['--url', `${url}/graphql`, folder], { environment });
    expect(named.out).toMatch(/Total +0 +2\n/);

    region.child.kill('SIGTERM');
    expect(await region.ended).toMatchObject({ code: 0, signal: null });
    const directly = await runProgram(IMPORT, [folder], { environment });
    expect(directly.err).toContain('into the database directly');
    expect(directly.out).toMatch(/Total +0 +2\n/);
  });

  test('explains itself, and what it cannot do', async () => {
    const environment = await dataDirectory();
    const help = await runProgram(IMPORT, ['--help'], { environment });
    expect(help).toMatchObject({ code: 0, err: '' });
    expect(help.out).toContain('npm run import -- [options] <files, folders or ->');

    const nothing = await runProgram(IMPORT, [], { environment });
    expect(nothing.code).toBe(1);
    expect(nothing.out).toContain('npm run import');

    const failures: [args: string[], says: RegExp][] = [
      [['/no/such/folder'], /There is no file or folder \/no\/such\/folder\./],
      [['--colour', 'red', '-'], /--colour/],
      [
        ['--url', 'http://127.0.0.1:9', folderOf({ 'a.xml': xml() })],
        /No region answers at http:\/\/127\.0\.0\.1:9/,
      ],
    ];
    for (const [args, says] of failures) {
      const failed = await runProgram(IMPORT, args, { environment });
      expect(failed.code).toBe(1);
      expect(failed.err).toMatch(says);
      expect(failed.err, 'a stack is for developers').not.toMatch(/\n +at /);
    }
  });
});
