/** Why a token or an assertion was refused; `extensions.reason` beside the code UNAUTHENTICATED. */
export type TokenFault =
  | 'MALFORMED'
  | 'TOO_LARGE'
  | 'ALGORITHM_NOT_ALLOWED'
  | 'UNKNOWN_KEY'
  | 'WRONG_SIGNATURE'
  | 'WRONG_ISSUER'
  | 'WRONG_AUDIENCE'
  | 'EXPIRED'
  | 'NOT_YET_VALID'
  | 'CLAIM_MISSING'
  | 'REPLAYED'
  | 'WRONG_BODY'
  | 'MISSING'
  | 'ISSUER_UNREACHABLE';

/** A token that is not believed. `detail` is for the log; it never holds the token or a value of its claims. */
export class TokenRefused extends Error {
  override readonly name = 'TokenRefused';
  constructor(
    readonly fault: TokenFault,
    readonly detail?: string,
  ) {
    super(detail ? `${fault}: ${detail}` : fault);
  }
}
