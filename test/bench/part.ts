/** How long to measure. */
export interface Effort {
  /** How often every process is started anew: what the compiler in V8 makes of a program differs from start to start. */
  readonly rounds: number;
  /** How long each line is loaded in a round. */
  readonly seconds: number;
  /** How long each is loaded before that. */
  readonly warmUpSeconds: number;
}

/** Something that can be measured. */
export interface Part {
  /** In the help. */
  readonly about: string;
  /** Whether it measures within the benchmark's own process, which has no core to itself. @default false */
  readonly isWithin?: boolean;
  readonly usual: Effort;
  /** For a rough answer. */
  readonly quick: Effort;
  /** Measures, and answers with tables in Markdown. */
  measure(effort: Effort): Promise<string>;
}
