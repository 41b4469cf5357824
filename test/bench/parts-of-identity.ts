/** What a gateway of the benchmark does of identity, as variables of its environment. */
export type PartsOfIdentity = {
  /** Whose tokens it believes, and whether it remembers them or verifies the signature each time. */
  readonly IDENTIFY: 'nobody' | 'remembering' | 'always-verifying';
  /** Whether it tells the services who asks. */
  readonly SIGN: 'yes' | 'no';
};
