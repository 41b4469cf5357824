import type { Client } from 'pg';

/** A step of a plan as `auto_explain` writes it, with what was really read. */
export interface Step {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly 'Rows Removed by Index Recheck'?: number;
  readonly Plans?: readonly Step[];
}

/** As the driver is given it. */
export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
  /** Whether one plan is made for all values. */
  readonly isKept: boolean;
}

/**
 * Runs a statement under a role and gives the plans of all that it does, those of functions inside it included, which
 * EXPLAIN shows as a black box. Nothing is kept.
 */
export async function plansOf(
  client: Client,
  { text, values, isKept }: Statement,
  role: string,
): Promise<Step[]> {
  const plans: Step[] = [];
  const hear = ({ message = '' }: { message?: string }) => {
    const [, json] = /plan:\s*(\{.*\})/s.exec(message) ?? [];
    if (json) plans.push((JSON.parse(json) as { Plan: Step }).Plan);
  };
  client.on('notice', hear);
  try {
    await client.query('begin');
    for (const [name, value] of Object.entries(EXPLAINING)) {
      await client.query(`set local auto_explain.${name} = '${value}'`);
    }
    await client.query(`set local role ${role}`);
    if (isKept) await client.query("set local plan_cache_mode = 'force_generic_plan'");
    await client.query(text, [...values]);
  } finally {
    await client.query('rollback');
    client.off('notice', hear);
  }
  if (plans.length === 0) throw new Error(`Nothing was explained of ${text}`);
  return plans;
}

const EXPLAINING = {
  log_analyze: 'on',
  log_format: 'json',
  log_level: 'notice',
  log_nested_statements: 'on',
  log_timing: 'off',
  log_min_duration: '0',
} as const;

/** What is wrong with a plan, in words; nothing is good. `many` is how many rows a large table has. */
export function faultsOf(plan: Step, many: number): string[] {
  const { Plans: below = [] } = plan;
  const type = plan['Node Type'];
  const table = plan['Relation Name'];
  const loops = plan['Actual Loops'];
  const removed = (plan['Rows Removed by Filter'] ?? 0) + (plan['Rows Removed by Index Recheck'] ?? 0);
  const read = (plan['Actual Rows'] + removed) * loops;
  const faults = below.flatMap((step) => faultsOf(step, many));
  // Half of a large table is no page and no selection.
  if (type === 'Seq Scan' && read > many / 2) faults.push(`reads all of ${table}`);
  else if (removed * loops > many / 2)
    faults.push(`reads ${read} rows of ${table} for ${plan['Actual Rows']}`);
  const sorted = (below[0]?.['Actual Rows'] ?? 0) * (below[0]?.['Actual Loops'] ?? 0);
  if (type === 'Sort' && sorted > many / 2) faults.push(`sorts ${sorted} rows`);
  return faults;
}
