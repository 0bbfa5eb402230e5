import { join } from 'node:path';
import { type AttentionMaps, attentionMaps } from '@spinformer/attention';
import { treeFromPlain } from '@spinformer/tensor';
import { prepareBackend } from '../compute/prepare-compute.ts';
import { EXIT } from '../errors/exit-codes.ts';
import { attentionMapFigures } from '../figures/attention-figures.ts';
import { csv } from '../figures/csv.ts';
import { renderPng } from '../figures/render-png.ts';
import { renderSvg } from '../figures/render-svg.ts';
import { buildModel, loadTrained } from '../models/attention-file.ts';
import { siteNumbersOf } from '../models/potts-file.ts';
import { writeAtomically } from '../run/atomic-write.ts';
import type { CommandContext } from '../spec/command-context.ts';

/** `attention maps`. */
export async function runAttentionMaps(context: CommandContext): Promise<number> {
  const { terminal, globals } = context;
  const trained = loadTrained(String(context.positionals.RUN));
  await prepareBackend(context);
  const { architecture, examples } = trained;
  const { sites, states, kind } = architecture;
  const data = { samples: examples.length / sites, sites, states, values: examples };
  const parameters = treeFromPlain(trained.parameters) as Parameters<typeof attentionMaps>[1];
  const maps = await attentionMaps(
    buildModel(architecture),
    parameters,
    kind === 'standard' ? data : undefined,
  );
  const files: string[] = [];
  const folder = globals.out ?? join(trained.run, 'artifacts');
  for (const figure of globals.dryRun
    ? []
    : attentionMapFigures(maps, {
        siteNumbers: siteNumbersOf(trained.description ?? {}, sites),
        isSigned: kind === 'factored',
      })) {
    const file = join(folder, `attention-${figure.id}`);
    const svg = await renderSvg(figure);
    writeAtomically(`${file}.svg`, svg);
    writeAtomically(`${file}.png`, await renderPng(svg));
    writeAtomically(`${file}.csv`, csv(figure.table));
    files.push(`${file}.svg`, `${file}.png`, `${file}.csv`);
  }
  if (globals.json || globals.jsonl)
    terminal.data(
      JSON.stringify({ schema: 1, layers: maps.layers, heads: maps.heads, sites, maps: nested(maps), files }),
    );
  else for (const file of files) terminal.data(file);
  return EXIT.done;
}

function nested({ layers, heads, sites, values }: AttentionMaps) {
  return Array.from({ length: layers * heads }, (_, k) => ({
    layer: Math.floor(k / heads) + 1,
    head: (k % heads) + 1,
    values: Array.from({ length: sites }, (_row, i) => [
      ...values.subarray((k * sites + i) * sites, (k * sites + i + 1) * sites),
    ]),
  }));
}
