import { parseArgs } from 'node:util';
import { gateways } from './gateways.ts';
import { growth } from './growth.ts';
import { identity } from './identity.ts';
import { memory } from './memory.ts';
import type { Effort, Part } from './part.ts';
import { region } from './region.ts';
import { writeReport } from './report.ts';

/** What can be measured, each in a file of its own; the first when none is named. */
const parts: Record<string, Part> = { gateways, region, memory, growth, identity };

const HELP = `npm run bench -- [part] [options]

Parts
${Object.entries(parts)
  .map(([name, { about }]) => `  ${name.padEnd(16)}${about}\n`)
  .join('')}
Options
  --quick         a rough answer in a minute or two
  --rounds <n>    how often everything is started anew and measured
  --seconds <n>   how long each line is loaded in a round, in turns of a second
  --write         put the result into docs/performance.md, not only on the screen
  --help          this

Load stays on this machine. With taskset and two cores or more, the measured process has a core to itself.
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false },
    rounds: { type: 'string' },
    seconds: { type: 'string' },
    write: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const [name = 'gateways'] = positionals;
const part = Object.hasOwn(parts, name) ? parts[name] : undefined;

// By a signal it would end without taking along what it started.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1));

if (values.help || !part) {
  process.stdout.write(HELP);
  if (!values.help) process.exitCode = 1;
} else {
  const usual: Effort = values.quick ? part.quick : part.usual;
  const effort: Effort = {
    ...usual,
    rounds: count('rounds', values.rounds) ?? usual.rounds,
    seconds: count('seconds', values.seconds) ?? usual.seconds,
  };
  const table = await part.measure(effort);
  const quick = values.quick ? ' --quick' : '';
  const command = `npm run bench -- ${name}${quick} --rounds ${effort.rounds} --seconds ${effort.seconds}`;
  await writeReport({ part: name, command, table, isWithin: part.isWithin, toFile: values.write });
}

function count(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1 || number > 1_000) {
    throw new RangeError(`--${option} is a whole number from 1 to 1000, not "${text}"`);
  }
  return number;
}
