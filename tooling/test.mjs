// The whole check: lint, layers, types, and every package's tests; closes with "N passed, N failed, N skipped".
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const environment = { ...process.env, TURBO_TELEMETRY_DISABLED: '1', TURBO_NO_UPDATE_NOTIFIER: '1' };
const grouped = ['packages', 'apps'].flatMap((group) => readdirSync(group).map((name) => join(group, name)));
const parts = [...grouped, 'examples', join('tooling', 'web-check')];
const reports = parts.map((part) => join(part, '.vitest', 'report.json'));
for (const report of reports) rmSync(report, { force: true });

function step(title, command, args) {
  console.log(`\n── ${title}`);
  const { status } = spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'], env: environment });
  return status === 0;
}

const bin = (name) => join('node_modules', '.bin', name);
const passed = [
  step('lint and format', bin('biome'), ['check', '.']),
  step('layers', process.execPath, ['tooling/check-layers.mjs']),
  step('house rules', process.execPath, ['tooling/check-sources.mjs']),
  step('kernels, types and builds', bin('turbo'), ['run', 'build', '--output-logs=errors-only']),
  step('types of tests and benches', bin('tsc'), ['-p', 'tsconfig.tests.json']),
  step('tests', bin('turbo'), [
    'run',
    'test',
    '--concurrency=1',
    '--continue',
    '--output-logs=full',
    '--log-order=stream',
  ]),
];

const total = { passed: 0, failed: 0, skipped: 0 };
for (const report of reports.filter(existsSync)) {
  const { numPassedTests, numFailedTests, numPendingTests, testResults } = JSON.parse(
    readFileSync(report, 'utf8'),
  );
  total.passed += numPassedTests;
  // A file that could not even be loaded has no tests of its own, and must count as a failure.
  total.failed +=
    numFailedTests +
    testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length;
  total.skipped += numPendingTests;
}
if (passed.includes(false) && total.failed === 0) total.failed = passed.filter((ok) => !ok).length;
console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed === 0 ? 0 : 1;
