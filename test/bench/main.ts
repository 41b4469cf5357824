import { parseArgs } from 'node:util';
import { measureIdentity } from './identity.ts';
import type { Effort, Part } from './part.ts';
import { writeReport } from './report.ts';

/** What can be measured, each in a file of its own. */
const parts: Record<string, Part> = { identity: measureIdentity };

const HELP = `npm run bench -- <part> [options]

Parts
  identity        what it costs the gateway to know who asks

Options
  --quick         a rough answer: 2 rounds of 2 seconds
  --rounds <n>    how often everything is started anew and measured (5)
  --seconds <n>   how long each line is loaded in a round, in turns of a second (5)
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
const [name = ''] = positionals;
const part = Object.hasOwn(parts, name) ? parts[name] : undefined;

// By a signal it would end without taking along what it started.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1));

if (values.help || !part) {
  process.stdout.write(HELP);
  if (!values.help) process.exitCode = 1;
} else {
  const usual: Effort = values.quick
    ? { rounds: 2, seconds: 2, warmUpSeconds: 1 }
    : { rounds: 5, seconds: 5, warmUpSeconds: 5 };
  const effort: Effort = {
    ...usual,
    rounds: count('rounds', values.rounds) ?? usual.rounds,
    seconds: count('seconds', values.seconds) ?? usual.seconds,
  };
  const table = await part(effort);
  const quick = values.quick ? ' --quick' : '';
  const command = `npm run bench -- ${name}${quick} --rounds ${effort.rounds} --seconds ${effort.seconds}`;
  await writeReport({ part: name, command, table, toFile: values.write });
}

function count(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1 || number > 1_000) {
    throw new RangeError(`--${option} is a whole number from 1 to 1000, not "${text}"`);
  }
  return number;
}
