import { WasmRuntime } from '@spinformer/tensor/wasm';
import { describe, expect, it } from 'vitest';
import { readAlignmentBytes } from '../../src/alignment-read.ts';
import { effectiveSequences } from '../../src/alignment-weights.ts';
import { epistaticCouplings } from '../../src/autoregressive/epistatic-couplings.ts';
import { inferAutoregressive } from '../../src/autoregressive/infer-autoregressive.ts';
import { contactScores, rankContacts } from '../../src/contacts.ts';
import { contactPrecision } from '../../src/contacts-precision.ts';
import { directInformation } from '../../src/direct-information.ts';
import { inferCouplings } from '../../src/inference/infer-couplings.ts';
import type { InferenceOptions } from '../../src/inference/inference-options.ts';
import { peerConventions } from '../../src/peers/conventions.ts';
import { sequenceWeightsFast } from '../../src/reweighting.ts';
import { oneSiteFrequencies } from '../../src/statistics/one-point.ts';
import { readDistanceTable } from '../../src/structure/distance-table.ts';
import { hasSharedData, needsData, sharedBytes, sharedText } from '../helpers/shared-data.ts';
import { lastTick } from '../support/random-data.ts';

/** Precision at L of the best peer (plmc 0.981), and one pair of 53: what a tie may move. */
const BEST_PEER = 0.981;
const MARGIN = 0.01;
/** Of the methods that no peer was run for: what published comparisons on this family are above. */
const LEAST_PRECISION = 0.94;
/** Å, heavy atoms. */
const THRESHOLD = 8;

describe.skipIf(!hasSharedData)(`contacts of PF00014${needsData}`, () => {
  const runtime = new WasmRuntime({ threads: 1 });
  const load = async () => {
    const alignment = await readAlignmentBytes(sharedBytes('pf00014/PF00014_mgap6.fasta.gz'), {
      emptyColumns: 'keep',
    });
    return { ...alignment, weights: sequenceWeightsFast(alignment, { runtime }) };
  };
  const family = load();
  family.catch(() => undefined);
  const precision = (scores: Float64Array) => {
    const distances = readDistanceTable(sharedText('pf00014/PF00014_struct.dat'), 53);
    return contactPrecision(rankContacts(scores, { minimumSeparation: 6 }), {
      distances,
      threshold: THRESHOLD,
    }).L;
  };
  const fit = async (options: InferenceOptions) => {
    const ticks = inferCouplings(await family, { ...options, runtime } as InferenceOptions);
    return (await lastTick(ticks)).model!;
  };

  it.each([
    { method: 'plm', couplingPenalty: 10.4 },
    { method: 'plm-asymmetric', couplingPenalty: 5.2 },
  ] as const)('$method is as precise as the best peer', async (options) => {
    expect(precision(contactScores(await fit(options)))).toBeGreaterThanOrEqual(BEST_PEER - MARGIN);
  });

  it.each(['mean-field', 'gaussian'] as const)('%s, by norms and by direct information', async (method) => {
    const pseudocount = method === 'gaussian' ? 0.8 : 0.5;
    const model = await fit({ method, pseudocount });
    expect(precision(contactScores(model))).toBeGreaterThan(LEAST_PRECISION);
    const pairs = method === 'gaussian' ? ('gaussian' as const) : ('letters' as const);
    const options = { pairs, pseudocount, correction: 'apc' } as const;
    const information = directInformation(model, oneSiteFrequencies(await family), options);
    expect(precision(information)).toBeGreaterThan(LEAST_PRECISION);
  });

  it('autoregressive, by the epistasis around one sequence', async () => {
    const data = await family;
    const { model } = await lastTick(inferAutoregressive(data, { runtime }));
    const reference = data.values.subarray(0, data.sites);
    expect(precision(contactScores(epistaticCouplings(model!, reference)))).toBeGreaterThan(LEAST_PRECISION);
  });
});

describe.skipIf(!hasSharedData)(`peers’ effective numbers on DHFR${needsData}`, () => {
  it.each([
    ['plmc', 1568.1],
    ['ccmpred', 1590.9],
  ] as const)('%s: %d', async (peer, expected) => {
    const { alignment, weights } = peerConventions(peer);
    // The focus columns of all sequences, as both programs were given them; CCMpred got those with standard letters.
    const options = { ...alignment, focus: 'DYR_ECOLI', invalid: 'drop', invalidColumns: 'all' } as const;
    const data = await readAlignmentBytes(sharedBytes('dhfr/DHFR.a2m'), options);
    const { identity, convention } = weights;
    if (identity === 'automatic') throw new Error('both have a fixed identity');
    const effective = effectiveSequences(sequenceWeightsFast(data, { identity, convention: convention! }));
    expect(effective).toBeCloseTo(expected, 1);
  });
});
