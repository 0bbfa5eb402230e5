import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Every line of a run's metrics.jsonl. */
export function readMetrics(runPath: string): readonly Readonly<Record<string, number>>[] {
  const text = readFileSync(join(runPath, 'metrics.jsonl'), 'utf8');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

/** At most `count` of the lines, the first and the last among them. */
export function thinOut<T>(lines: readonly T[], count: number): readonly T[] {
  if (lines.length <= count) return lines;
  return Array.from({ length: count }, (_, k) => lines[Math.round((k * (lines.length - 1)) / (count - 1))]);
}
