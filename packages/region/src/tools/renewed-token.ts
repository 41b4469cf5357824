import { type Clock, systemClock } from '@samspill/values';

export interface Token {
  readonly value: string;
  readonly lifetimeSeconds: number;
}

/** What a request may take from here to the region's look at its token. */
const MARGIN_SECONDS = 30;

/** One token for as long as it is good, and then the next: a long import outlives many. */
export function renewedToken(give: () => Promise<Token>, clock: Clock = systemClock): () => Promise<string> {
  let current: { value: string; until: number } | null = null;
  return async () => {
    const now = clock.now().getTime();
    if (!current || now >= current.until) {
      const { value, lifetimeSeconds } = await give();
      // Counted from before it was asked for, and half of one that is shorter than the margin.
      const used = Math.max(lifetimeSeconds - MARGIN_SECONDS, lifetimeSeconds / 2);
      current = { value, until: now + used * 1000 };
    }
    return current.value;
  };
}
