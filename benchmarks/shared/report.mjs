import { cpus, loadavg, totalmem } from 'node:os';

/** One row of a benchmark's table. */
export function row(question, ours, beside, ratio) {
  return { question, ours, beside: beside ?? '', ratio: ratio === undefined ? '' : `${ratio.toFixed(1)}×` };
}

/** The rows as a Markdown table, under one line about the machine. */
export function table(rows) {
  const cells = rows.map(
    ({ question, ours, beside, ratio }) => `| ${[question, ours, beside, ratio].join(' | ')} |`,
  );
  return [
    machine(),
    '',
    '| what | spinformer | beside it | ratio |',
    '| --- | --- | --- | --- |',
    ...cells,
  ].join('\n');
}

/** Date, processor, memory, Node and load. */
export function machine() {
  const [{ model }] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  const day = new Date().toISOString().slice(0, 10);
  return `${day}; ${cpus().length} × ${model.trim()}, ${memory} GiB, Node ${process.version}, load ${loadavg()[0].toFixed(1)}.`;
}

/** Seconds to three digits. */
export const seconds = (value) => `${value.toPrecision(3)} s`;
