import { pearson } from '@spinformer/numerics';
import { WasmRuntime } from '@spinformer/tensor/wasm';
import { describe, expect, it } from 'vitest';
import type { Alignment } from '../../src/alignment.ts';
import { readAlignment } from '../../src/alignment-read.ts';
import { contactScores, rankContacts } from '../../src/contacts.ts';
import { contactPrecision } from '../../src/contacts-precision.ts';
import { inferCouplings } from '../../src/inference/infer-couplings.ts';
import type { InferenceOptions } from '../../src/inference/inference-options.ts';
import { pseudolikelihood } from '../../src/inference/pseudolikelihood.ts';
import type { PottsModel } from '../../src/model.ts';
import { readCouplingTable } from '../../src/peers/coupling-table.ts';
import { sequenceWeightsFast } from '../../src/reweighting.ts';
import { contactThreshold, residueDistances } from '../../src/structure/distances.ts';
import { readStructure } from '../../src/structure/read-structure.ts';
import { mapSites } from '../../src/structure/site-mapping.ts';
import { hasSharedData, needsData, sharedText } from '../helpers/shared-data.ts';
import { lastTick } from '../support/random-data.ts';

/** Where plmc's parameters stand after its hundred iterations, evaluated in float64. */
const PLMC_OBJECTIVE = 165_889;
/** Contact precision of plmc at L pairs, and how far another optimiser's near-ties may move it. */
const PLMC_PRECISION = 0.711;
const PRECISION_MARGIN = 0.02;
/** plmc is not converged after a hundred iterations and skips the zero-sum gauge. */
const LEAST_CORRELATION = 0.99;
/** Objective of a kernel with float32 rows against float64. */
const OBJECTIVE_ACCURACY = 1e-6;

/** Whole fits, on machines that have other work to do. */
const PATIENCE_MS = 600_000;

const PENALTIES = { fieldPenalty: 0.01, couplingPenalty: 16 };

let family: (Alignment & { weights: Float64Array }) | undefined;

function load(): Alignment & { weights: Float64Array } {
  if (family) return family;
  const alignment = readAlignment(sharedText('dhfr/DHFR.a2m'), { focus: 'DYR_ECOLI', gaps: 'ignore' });
  family = { ...alignment, weights: sequenceWeightsFast(alignment) };
  return family;
}

function precisionAtLength(alignment: Alignment, model: PottsModel): number {
  const mapping = mapSites(readStructure(sharedText('dhfr/1RX2.pdb')), alignment.reference!);
  const ranked = rankContacts(contactScores(model), { minimumSeparation: 6 });
  const distances = residueDistances(mapping.residues, 'cb8');
  return contactPrecision(ranked, { distances, threshold: contactThreshold('cb8') }).L;
}

/** Correlation of contact scores with plmc's table, over all its pairs. */
function correlation(model: PottsModel): number {
  const published = readCouplingTable(sharedText('dhfr/DHFR.plmc-expected.couplings')).scores;
  const scores = contactScores(model);
  const pairs: number[] = [];
  for (let i = 0; i < model.sites; i++)
    for (let j = i + 1; j < model.sites; j++) pairs.push(i * model.sites + j);
  return pearson(
    Float64Array.from(pairs, (k) => scores[k]),
    Float64Array.from(pairs, (k) => published[k]),
  );
}

describe.skipIf(!hasSharedData)(`DHFR with plmc’s settings${needsData}`, { timeout: PATIENCE_MS }, () => {
  const infer = async (options: InferenceOptions) => {
    const alignment = load();
    const runtime = new WasmRuntime({ threads: 1 });
    const tick = await lastTick(inferCouplings(alignment, { ...PENALTIES, ...options, runtime }));
    runtime.stop();
    return { alignment, tick, model: tick.model! };
  };

  it('symmetric: objective, contacts and precision of plmc', async () => {
    const { alignment, tick, model } = await infer({ method: 'plm' });
    const exact = pseudolikelihood(model, alignment, PENALTIES).objective;
    expect(tick.status).toBe('converged');
    expect(exact).toBeLessThanOrEqual(PLMC_OBJECTIVE);
    expect(Math.abs(tick.metrics.objective / exact - 1)).toBeLessThan(OBJECTIVE_ACCURACY);
    expect(correlation(model)).toBeGreaterThan(LEAST_CORRELATION);
    expect(Math.abs(precisionAtLength(alignment, model) - PLMC_PRECISION)).toBeLessThan(PRECISION_MARGIN);
  });

  it('asymmetric: the same contacts', async () => {
    // Every site pays for its own copy of J: half the penalty is as strong.
    const couplingPenalty = PENALTIES.couplingPenalty / 2;
    const { alignment, model } = await infer({ method: 'plm-asymmetric', couplingPenalty });
    expect(correlation(model)).toBeGreaterThan(LEAST_CORRELATION);
    expect(Math.abs(precisionAtLength(alignment, model) - PLMC_PRECISION)).toBeLessThan(PRECISION_MARGIN);
  });
});
