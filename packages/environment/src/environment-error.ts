import { MendableError } from './lifetime.js';

/** A variable of the environment is missing or wrong. The message names it and says what is expected. */
export class EnvironmentError extends MendableError {
  override readonly name = 'EnvironmentError';
}
