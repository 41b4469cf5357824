import { createRequire } from 'node:module';
import { defineConfig } from 'vitest/config';

const require = createRequire(import.meta.url);
const conditions = ['samspill-source', 'node', 'development|production'];

/** What all tests share. Workspace packages are resolved to their TypeScript sources, so unit tests need no build. */
const shared = {
  resolve: {
    conditions,
    // Vitest would load graphql twice, once as ESM and once through CommonJS libraries, and graphql refuses that.
    alias: [{ find: /^graphql$/, replacement: require.resolve('graphql') }],
  },
  ssr: { resolve: { conditions } },
};
const exclude = ['**/node_modules/**', '**/dist/**'];

export default defineConfig({
  test: {
    projects: [
      {
        ...shared,
        test: {
          name: 'unit',
          include: [
            '{packages,services}/*/src/**/*.test.ts',
            'gateway/src/**/*.test.ts',
            'test/bench/**/*.test.ts',
          ],
          exclude,
          setupFiles: ['test/support/seeded-properties.ts'],
          // As many as there are cores, where Vitest would leave one of two idle.
          maxWorkers: 2,
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        ...shared,
        test: {
          name: 'through the gateway',
          include: ['test/{access,audits,differential,e2e,faults,issues,load}/**/*.test.ts'],
          exclude,
          globalSetup: ['test/support/global-setup.ts'],
          // Some of these start processes and servers; two cores are soon full.
          maxWorkers: 2,
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
