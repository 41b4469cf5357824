import { createRequire } from 'node:module';
import { defineConfig } from 'vitest/config';

const require = createRequire(import.meta.url);

/**
 * One configuration for the whole repository. Workspace packages are resolved to their TypeScript
 * sources (the `samspill-source` export condition), so a unit test never needs a build; the end-to-end
 * tests start the built programs, which `npm test` builds first.
 */
export default defineConfig({
  resolve: {
    conditions: ['samspill-source', 'node', 'development|production'],
    // Vitest would load graphql twice, once as ESM and once through CommonJS libraries, and graphql refuses that.
    alias: [{ find: /^graphql$/, replacement: require.resolve('graphql') }],
  },
  ssr: { resolve: { conditions: ['samspill-source', 'node', 'development|production'] } },
  test: {
    include: ['{packages,services}/*/src/**/*.test.ts', 'gateway/src/**/*.test.ts', 'test/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**'],
    testTimeout: 30_000,
    hookTimeout: 120_000,
  },
});
