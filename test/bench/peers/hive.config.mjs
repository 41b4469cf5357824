// Hive Gateway as its command line starts it, without a line of log for every request and without its pages. Whether
// its planner is the one in JavaScript or the one in Rust, and whether it compiles documents, the command line says;
// what it shares between the calls of one or several requests by itself (equal calls in flight to a service) is left on.
import { defineConfig } from '@graphql-hive/gateway';

export const gatewayConfig = defineConfig({
  logging: 'error',
  graphiql: false,
  landingPage: false,
  ...(process.env.ANSWER_EQUAL_ONCE === 'yes' && { inboundInflightRequestDeduplication: true }),
});
