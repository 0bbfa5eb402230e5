import { prepareRuntime } from '../compute/prepare-compute.ts';
import { EXIT } from '../errors/exit-codes.ts';
import { machine } from '../run/machine.ts';
import { versions } from '../run/versions.ts';
import type { CommandContext } from '../spec/command-context.ts';
import { pairTable, textTable } from '../terminal/text-table.ts';

/** `doctor`. */
export async function runDoctor(context: CommandContext): Promise<number> {
  const { terminal, globals } = context;
  await prepareRuntime(context);
  const { probeBackends } = await import('@spinformer/tensor');
  const backends = await probeBackends();
  const report = { schema: 1, backends, versions: versions(), machine: machine() };
  if (globals.json || globals.jsonl) {
    terminal.data(JSON.stringify(report, null, globals.json ? 2 : undefined));
    return EXIT.done;
  }
  const { bold } = terminal.dataStyle;
  const rows = backends.map((backend) => [
    backend.name,
    backend.available ? 'yes' : 'no',
    backend.mode,
    backend.threads,
    backend.gflops === undefined ? undefined : backend.gflops.toPrecision(3),
    backend.reason,
  ]);
  const table = textTable(['backend', 'works', 'mode', 'threads', 'GFLOP/s', 'remark'], rows);
  terminal.data(`${bold('Backends')} (float32 product of two 512 × 512 matrices)\n${table}`);
  terminal.data(`\n${bold('Versions')}\n${pairTable(Object.entries(report.versions))}`);
  terminal.data(`\n${bold('Machine')}\n${pairTable(Object.entries(report.machine))}`);
  return backends.some(({ available }) => available) ? EXIT.done : EXIT.environment;
}
