import { describe, expect, it } from 'vitest';
import { EnvironmentError, gatewayEnvironment, readEnvironment } from './index.js';

describe('readEnvironment', () => {
  it('gives defaults for what is unset or empty', () => {
    expect(readEnvironment(gatewayEnvironment, { PORT: '', UNRELATED: 'x' })).toMatchObject({
      PORT: 4000,
      HOST: '127.0.0.1',
      INTROSPECTION: true,
    });
  });

  it('names the variable that does not fit and says what it is for', () => {
    const read = () => readEnvironment(gatewayEnvironment, { PORT: 'four', DATABASE_URL: 'mysql://x' });
    expect(read).toThrow(EnvironmentError);
    expect(read).toThrow(/PORT: .*port that the gateway listens on/s);
    expect(read).toThrow(/DATABASE_URL: .*postgres:\/\//s);
  });
});
