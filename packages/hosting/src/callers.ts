import {
  ASSERTION_HEADER,
  assertionVerifier,
  bearerToken,
  type Identity,
  type SeenOnce,
  TokenRefused,
  type TokenVerifier,
} from '@samspill/identity';
import type { ServeOptions } from '@samspill/subgraph';

export interface CallerOptions {
  /** The name of the service, for which an assertion must have been made. */
  readonly service: string;
  /** The keys by which the service believes the gateway. */
  readonly assertionKeys: readonly Uint8Array[];
  readonly seen: SeenOnce;
  /** Believes the original tokens of callers that are no gateway of ours, where issuers are configured. */
  readonly tokens?: TokenVerifier | null;
}

/**
 * Who calls a service on its own port: whom our gateway vouches for, or else whoever shows a token. A caller
 * that has neither is refused, also for what is public: behind the gateway stand its limits, too.
 */
export function callers({
  service,
  assertionKeys,
  seen,
  tokens,
}: CallerOptions): ServeOptions['authenticate'] {
  const assertions = assertionVerifier({ service, keys: [...assertionKeys], seen });
  return (headers, body): Promise<Identity> => {
    const assertion = headers[ASSERTION_HEADER];
    if (assertion !== undefined || !tokens) return assertions.verify(assertion, body);
    return (async () => {
      const token = bearerToken(headers.authorization);
      if (token === null) throw new TokenRefused('MISSING');
      return tokens.verify(token);
    })();
  };
}
