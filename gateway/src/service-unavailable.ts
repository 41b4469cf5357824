import { PublicError } from '@samspill/subgraph/protocol';

export interface ServiceFailure {
  service: string;
  /** After a failed change nobody knows whether it was made, and the client must not be told just to repeat it. */
  operation: 'query' | 'mutation' | 'subscription';
  /** For the log only: it holds addresses and bodies. */
  cause: unknown;
}

/**
 * A service did not believe our word about who asks. That is for whoever runs us both to mend, and nothing that
 * the client could do by logging in again.
 */
export class AssertionRefused extends Error {
  override readonly name = 'AssertionRefused';

  constructor(answer: string) {
    super(`The service answered: ${answer.slice(0, 500)}`);
  }
}

/** A service did not answer. The rest of the query is answered all the same. */
export class ServiceUnavailable extends PublicError {
  /** Not `originalError`: that would copy the cause's stack and extensions into what clients may see. */
  readonly reason: unknown;

  constructor({ service, operation, cause }: ServiceFailure) {
    super(
      'SERVICE_UNAVAILABLE',
      operation === 'mutation'
        ? {
            nb: `Tjenesten «${service}» svarte ikke, så vi vet ikke om endringen ble gjort. Se etter før du prøver igjen.`,
            nn: `Tenesta «${service}» svarte ikkje, så vi veit ikkje om endringa vart gjord. Sjå etter før du prøver igjen.`,
            en: `The service "${service}" did not answer, so we do not know whether the change was made. Check before you try again.`,
          }
        : {
            nb: `Tjenesten «${service}» svarer ikke akkurat nå, så dens del av svaret mangler. Prøv igjen om litt.`,
            nn: `Tenesta «${service}» svarar ikkje akkurat no, så hennar del av svaret manglar. Prøv igjen om litt.`,
            en: `The service "${service}" does not answer right now, so its part of the answer is missing. Try again in a moment.`,
          },
      { service },
    );
    this.reason = cause;
  }
}
