import { readFile, writeFile } from 'node:fs/promises';
import { arch, availableParallelism, cpus, platform, release, totalmem } from 'node:os';
import { pinned } from './processes.ts';

const file = new URL('../../docs/performance.md', import.meta.url);

/** Prints a table with the machine and the command, and puts it in its place in the documentation where asked to. */
export async function writeReport(report: {
  part: string;
  command: string;
  table: string;
  isWithin?: boolean | undefined;
  toFile: boolean;
}): Promise<void> {
  const { part, command, table } = report;
  const text = `\`${command}\`, on ${today()}, on ${machine(report.isWithin)}:\n\n${table}`;
  process.stdout.write(`${text}\n`);
  if (!report.toFile) return;
  const [start, end] = [`<!-- bench ${part} -->`, `<!-- end of bench ${part} -->`];
  const page = await readFile(file, 'utf8');
  const [from, to] = [page.indexOf(start), page.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`docs/performance.md has no place for it: ${start} … ${end}`);
  await writeFile(file, `${page.slice(0, from)}${start}\n${text}\n${page.slice(to)}`);
}

const today = () =>
  new Date().toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });

function machine(isWithin = false): string {
  const model = cpus()[0]?.model.trim() ?? 'a processor that does not say its name';
  const memory = Math.round(totalmem() / 2 ** 30);
  const cores = pinned ? ', the gateway alone on one core' : ', processes not pinned to cores';
  return `${availableParallelism()} cores of ${model}, ${memory} GB, ${platform()} ${release()} ${arch()}, Node ${process.versions.node}${isWithin ? '' : cores}`;
}
