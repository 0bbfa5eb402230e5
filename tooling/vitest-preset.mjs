import { defineConfig } from 'vitest/config';

/**
 * The test preset of every package: sources instead of builds (through the private export condition), a JSON
 * report beside the readable one, and no retries, because a test that needs one is broken.
 */
export function preset(overrides = {}) {
  const conditions = ['@spinformer/source'];
  return defineConfig({
    resolve: { conditions },
    ssr: { resolve: { conditions, externalConditions: conditions } },
    test: {
      include: ['test/**/*.test.ts'],
      reporters: process.env.CI ? ['default', 'json'] : ['default', 'json'],
      outputFile: { json: '.vitest/report.json' },
      testTimeout: 120_000,
      hookTimeout: 120_000,
      pool: 'forks',
      passWithNoTests: true,
      ...overrides,
    },
  });
}
