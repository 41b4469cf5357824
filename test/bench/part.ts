/** How long to measure. */
export interface Effort {
  /** How often every process is started anew: what the compiler in V8 makes of a program differs from start to start. */
  readonly rounds: number;
  /** How long each line is loaded in a round. */
  readonly seconds: number;
  /** How long each is loaded before that. */
  readonly warmUpSeconds: number;
}

/** Measures, and answers with a table in Markdown. */
export type Part = (effort: Effort) => Promise<string>;
