import type { Checkpoint, Verdict } from '@samspill/audit';

/** What became of one service's log. */
export interface ServiceReport extends Omit<Verdict, 'break'> {
  readonly service: string;
  readonly milliseconds: number;
  /** False when there is no log of the service in this database. */
  readonly found: boolean;
  readonly break: Verdict['break'];
  /** Ids of keys that checkpoints are said to be signed with, and that nobody gave us. */
  readonly unknownKeys: readonly string[];
}

/** A log that is not there. Whoever kept a checkpoint of it knows that it was. */
export function reportOfMissing(service: string, witnesses: readonly Checkpoint[]): ServiceReport {
  const last = witnesses
    .filter((witness) => witness.service === service)
    .map(({ sequence }) => BigInt(sequence))
    .reduce((most, sequence) => (sequence > most ? sequence : most), 0n);
  const gone: Verdict['break'] = {
    sequence: '1',
    what: 'TAIL_CUT',
    row: null,
    explanation: {
      nb: `Hele loggen er fjernet: oppføringene fra 1 til minst ${last} mangler.`,
      en: `The whole log was removed: the entries from 1 to at least ${last} are missing.`,
    },
  };
  return {
    service,
    found: false,
    entries: 0,
    checkpoints: 0,
    signaturesChecked: false,
    persons: 0,
    milliseconds: 0,
    unknownKeys: [],
    break: last > 0n ? gone : null,
  };
}

/** 0: all is as it was written. 1: something is not. 2: not all could be looked at. */
export function exitCodeOf(reports: readonly ServiceReport[]): 0 | 1 | 2 {
  if (reports.some((report) => report.break)) return 1;
  return reports.every((report) => report.found) ? 0 : 2;
}

/** What a human reads: a line for each service, and more where something is wrong. */
export function linesOf(report: ServiceReport): string[] {
  const { service, entries, checkpoints, persons } = report;
  const name = `  ${service.padEnd(9)}`;
  const found = report.break;
  if (!found) {
    if (!report.found) return [`${name}  has no audit log here: the service has never run on this database`];
    const signatures = report.signaturesChecked ? 'signatures checked' : 'signatures NOT checked';
    const seconds = (report.milliseconds / 1000).toFixed(1);
    return [
      `${name}  whole: ${count(entries, 'entry', 'entries')}, ${count(checkpoints, 'checkpoint', 'checkpoints')}${checkpoints > 0 ? ` (${signatures})` : ''}, ${count(persons, 'entry', 'entries')} with a known person, ${seconds} s`,
    ];
  }
  return [
    `${name}  BROKEN at entry ${found.sequence} (${found.what})`,
    `    ${found.explanation.en}`,
    ...rowLines(found.row),
    `    ${entries === 0 ? 'Nothing before it is known to be right.' : `${count(entries, 'entry', 'entries')} before it ${entries === 1 ? 'is' : 'are'} as written.`}`,
    ...(found.what === 'CHECKPOINT' && report.unknownKeys.length > 0
      ? [
          `    Checkpoints here name a key that was not given: ${report.unknownKeys.join(', ')}. If it is one of yours, an earlier one perhaps, verify again with --key for it and for the one in use.`,
        ]
      : []),
  ];
}

function rowLines(row: NonNullable<Verdict['break']>['row']): string[] {
  if (!row) return ['    The row itself is not there.'];
  const object = row.object ? [row.object.type, row.object.id].map((part) => shown(part)).join(' ') : 'none';
  return [
    `    row: sequence ${shown(row.sequence)}, operation ${shown(row.operation)}, object ${object}, time ${shown(row.at)}`,
  ];
}

/** Somebody else may have written it, and it goes to a terminal: nothing but text, and not without end. */
function shown(text: string | null): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not come through
  return (text ?? '–').replace(/[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g, '�').slice(0, 300);
}

function count(number: number, one: string, many: string): string {
  return `${number.toLocaleString('en').replaceAll(',', ' ')} ${number === 1 ? one : many}`;
}

/** The last line: what all of it came to. */
export function conclusionOf(reports: readonly ServiceReport[]): string {
  const broken = reports.filter((report) => report.break).map(({ service }) => service);
  if (broken.length > 0) return `The audit log of ${broken.join(' and ')} is not what was written.`;
  const missing = reports.filter((report) => !report.found).map(({ service }) => service);
  if (missing.length === reports.length) {
    return 'There is no audit log in this database: no service of Samspill has run on it.';
  }
  if (missing.length > 0) return `There is no audit log of ${missing.join(' and ')}; the others are whole.`;
  return reports.length === 1 ? 'The audit log is whole.' : 'All audit logs are whole.';
}
