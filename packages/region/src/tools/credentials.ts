/** How a tool proves to a region who it is. */
export interface Credentials {
  /** Which way it is, such as `the key in … (SERVICE_KEY_FILE)`. */
  readonly description: string;
  /** What to look at where a region does not believe it, or does not let it; whole sentences. */
  readonly remedy: string;
  /** A token that is good for long enough to be shown. */
  token(): Promise<string>;
}
