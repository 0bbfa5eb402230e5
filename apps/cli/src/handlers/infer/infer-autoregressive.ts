import {
  type AutoregressiveModel,
  type AutoregressiveState,
  consensusLetters,
  encodeAutoregressive,
  epistaticCouplings,
  inferAutoregressive,
  inferenceFootprint,
} from '@spinformer/potts';
import { AUTOREGRESSIVE_ARTIFACT } from '../../models/autoregressive-of-run.ts';
import { commonResults } from './couplings-plan.ts';
import type { InferMethod, InferProblem } from './infer-method.ts';

/** Penalties of ArDCA.jl, per effective sequence. */
const FIELD_PENALTY = 1e-4;
const COUPLING_PENALTY = 0.01;
const TOLERANCE = 1e-3;
const MAX_STEPS = 500;

/** An autoregressive model (ArDCA): exact sampling, exact probabilities; contacts by epistasis. */
export const autoregressiveMethod: InferMethod = (problem, options, threads) => {
  const { alignment, weights, effective } = problem;
  const { samples, sites, states, values } = alignment;
  const solver = {
    fieldPenalty: options.fieldPenalty ?? FIELD_PENALTY * effective,
    couplingPenalty: options.couplingPenalty ?? COUPLING_PENALTY * effective,
    maxSteps: options.maxSteps ?? MAX_STEPS,
    tolerance: options.tolerance ?? TOLERANCE,
  };
  const { maxSteps, ...numbers } = solver;
  let fitted: AutoregressiveModel | undefined;
  return {
    solver,
    bytes: inferenceFootprint(sites, states, samples, { method: 'plm-asymmetric', threads }).total,
    remedy: 'Leave out columns with many gaps (--max-column-gaps), or infer with fewer --threads.',
    citations: ['trinquier2021ardca', 'dunn2008apc'],
    ticks: async function* ({ runtime, signal, resume }) {
      const ticks = inferAutoregressive(
        { samples, sites, states, values, weights },
        {
          ...{ ...numbers, maximumSteps: maxSteps, runtime, signal },
          ...(resume ? { resume: resume as AutoregressiveState } : {}),
        },
      );
      for await (const tick of ticks) {
        fitted = tick.model;
        const model = fitted && epistaticCouplings(fitted, referenceStates(problem));
        const { step, status, metrics, remedy } = tick;
        yield {
          ...{ step, status, metrics },
          ...(remedy === undefined ? {} : { remedy }),
          ...(model ? { model } : {}),
          get state() {
            return tick.state;
          },
        };
      }
    },
    describe: ({ step, metrics }) => ({
      phase: 'sites',
      fraction: metrics.sitesDone / sites,
      detail: `step ${step} · objective ${metrics.objective.toFixed(1)} nats`,
    }),
    score: ({ metrics }) => metrics.objective,
    results: (last) => [
      { key: 'objective', name: 'Objective', value: last.metrics.objective, unit: 'nats' },
      ...commonResults(last),
    ],
    course: {
      metric: 'objective',
      title: 'The objective, site by site',
      caption: 'Σ w −log p(s) with its penalties, over the sites that are done.',
      label: 'objective (nats)',
    },
    artifacts: (): Readonly<Record<string, Uint8Array>> =>
      fitted
        ? { [AUTOREGRESSIVE_ARTIFACT]: encodeAutoregressive(fitted, { letters: alignment.letters }) }
        : {},
    notes: { holds: 'epistasis' },
  };
};

/** The sequence around which epistasis is measured: the focus, or the most frequent letters. */
function referenceStates({ alignment }: InferProblem): Int32Array {
  const letters = alignment.reference?.letters ?? consensusLetters(alignment);
  return Int32Array.from(letters, (letter) => alignment.letters.indexOf(letter));
}
