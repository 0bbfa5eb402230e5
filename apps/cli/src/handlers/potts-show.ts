import { contactScores, evzoomData, rankContacts, toZeroSumGauge } from '@spinformer/potts';
import { pottsShowOptions } from '../commands/potts-show.ts';
import { EXIT } from '../errors/exit-codes.ts';
import { UsageError } from '../errors/usage-error.ts';
import { logoFigure } from '../figures/logo-figure.ts';
import { pairFigure } from '../figures/pair-figure.ts';
import { logoColumns } from '../figures/sequence-logo.ts';
import { writeFigure } from '../figures/write-figure.ts';
import { type FoundModel, loadModel, siteName } from '../models/potts-file.ts';
import { writeAtomically } from '../run/atomic-write.ts';
import { type CommandContext, optionsOf } from '../spec/command-context.ts';
import { pairTable } from '../terminal/text-table.ts';
import { artifactFolder } from './artifact-folder.ts';
import { type SiteFrequencies, siteFrequencies } from './site-frequencies.ts';

/** Separation along the sequence of the pairs that EVzoom gets. */
const EVZOOM_SEPARATION = 6;

/** `potts show`. */
export async function runPottsShow(context: CommandContext): Promise<number> {
  const { terminal, globals } = context;
  const options = optionsOf(context, pottsShowOptions);
  const found = await loadModel(context, 'MODEL');
  const pairs = options.pair.map((text) => readPair(text, found));
  const draws = (pairs.length > 0 || options.logo || options.evzoom) && !globals.dryRun;
  const frequencies =
    draws && found.letters !== undefined
      ? await siteFrequencies(context, found, options.alignment)
      : undefined;
  if ((options.logo || options.evzoom) && found.letters === undefined)
    throw new UsageError(
      `--${options.logo ? 'logo' : 'evzoom'} needs letters, and ${found.file} says nothing of its states.`,
    );
  const blocks = pairs.length > 0 ? blocksOf(found, pairs) : [];
  const files = draws
    ? await drawAll(context, {
        found,
        pairs,
        blocks,
        isLogo: options.logo,
        isEvzoom: options.evzoom,
        frequencies,
      })
    : [];
  if (globals.json || globals.jsonl) terminal.data(JSON.stringify(jsonOf(found, { pairs, blocks, files })));
  else terminal.data(describe(found));
  for (const file of files) terminal.note(`Written: ${file}`);
  return EXIT.done;
}

interface Parts {
  readonly found: FoundModel;
  readonly pairs: readonly (readonly [number, number])[];
  readonly blocks: readonly Float64Array[];
  readonly isLogo: boolean;
  readonly isEvzoom: boolean;
  readonly frequencies: SiteFrequencies | undefined;
}

async function drawAll(context: CommandContext, parts: Parts): Promise<string[]> {
  const { found, pairs, blocks, isLogo, frequencies } = parts;
  const { letters, siteNumbers, model } = found;
  const folder = artifactFolder(context, found);
  const labels = Array.from(siteNumbers, String);
  const logo =
    frequencies && letters !== undefined ? logoColumns(frequencies.values, letters, labels) : undefined;
  const source = frequencies?.source ?? '';
  const figures = pairs.map(([i, j], k) =>
    pairFigure({
      block: blocks[k],
      letters: Array.from({ length: model.states }, (_, a) => letters?.[a] ?? String(a)),
      names: [siteName(found, i), siteName(found, j)],
      ...(logo ? { logo: [logo[i], logo[j]] } : {}),
      source,
    }),
  );
  if (isLogo && logo) figures.push(logoFigure(logo, source));
  const files: string[] = [];
  for (const figure of figures) files.push(...(await writeFigure(`${folder}/show-${figure.id}`, figure)));
  if (parts.isEvzoom && frequencies) {
    const file = `${folder}/show-evzoom.json`;
    writeAtomically(file, evzoomText(found, frequencies));
    files.push(file);
  }
  return files;
}

/** Pairs that the viewer gets: as many as there are sites, six apart. */
function evzoomText(
  { model, letters, gapState, reference, siteNumbers }: FoundModel,
  { values }: SiteFrequencies,
): string {
  const scores = contactScores(model, gapState === undefined ? {} : { withoutState: gapState });
  const contacts = rankContacts(scores, {
    minimumSeparation: EVZOOM_SEPARATION,
    residueNumbers: siteNumbers,
  });
  const data = evzoomData(model, {
    letters: letters ?? '',
    reference: { letters: reference ?? '-'.repeat(model.sites), residueNumbers: siteNumbers },
    frequencies: values,
    contacts: contacts.slice(0, model.sites),
  });
  return `${JSON.stringify(data)}\n`;
}

/** Two site numbers, as sites from 0. */
function readPair(text: string, { siteNumbers }: FoundModel): readonly [number, number] {
  const numbers = text.split(',').map((word) => (word.trim() === '' ? Number.NaN : Number(word)));
  if (numbers.length !== 2 || !numbers.every(Number.isInteger))
    throw new UsageError(
      `--pair must be two site numbers with a comma between, such as 13,121, got ${text}.`,
    );
  const sites = numbers.map((number) => siteNumbers.indexOf(number));
  const missing = sites.indexOf(-1);
  if (missing >= 0)
    throw new UsageError(
      `--pair ${text}: the model has no site ${numbers[missing]}; its sites run from ${siteNumbers[0]} to ${siteNumbers[siteNumbers.length - 1]}.`,
    );
  if (sites[0] === sites[1]) throw new UsageError(`--pair ${text}: give two different sites.`);
  return [Math.min(...sites), Math.max(...sites)];
}

function blocksOf({ model }: FoundModel, pairs: readonly (readonly [number, number])[]): Float64Array[] {
  const { couplings, sites, states } = toZeroSumGauge(model);
  const size = states * states;
  return pairs.map(([i, j]) =>
    Float64Array.from(couplings.subarray((i * sites + j) * size, (i * sites + j + 1) * size)),
  );
}

function describe({ model, letters, siteNumbers, reference, file }: FoundModel): string {
  const { sites, states } = model;
  const parameters = sites * states + ((sites * (sites - 1)) / 2) * states * states;
  return pairTable([
    ['model', file],
    ['sites', `${sites}, numbered ${siteNumbers[0]} to ${siteNumbers[sites - 1]}`],
    ['states', letters === undefined ? states : `${states} (${letters})`],
    ['parameters', `${parameters.toLocaleString('en-GB')} fields and couplings`],
    ['reference', reference],
  ]);
}

function jsonOf(
  { model, letters, siteNumbers, reference }: FoundModel,
  { pairs, blocks, files }: Pick<Parts, 'pairs' | 'blocks'> & { readonly files: readonly string[] },
) {
  const { sites, states } = model;
  return {
    schema: 1,
    sites,
    states,
    ...(letters === undefined ? {} : { letters }),
    siteNumbers: [...siteNumbers],
    ...(reference === undefined ? {} : { reference }),
    files,
    pairs: pairs.map(([i, j], k) => ({
      i: siteNumbers[i],
      j: siteNumbers[j],
      couplings: Array.from({ length: states }, (_, a) => [
        ...blocks[k].subarray(a * states, (a + 1) * states),
      ]),
    })),
  };
}
