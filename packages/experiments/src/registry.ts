import { ConfigError } from '@spinformer/numerics';
import { attentionWavefunction } from './attention-wavefunction/attention-wavefunction.ts';
import { closest } from './config/closest.ts';
import type { Experiment } from './experiment.ts';
import { family } from './family/family.ts';
import { groundState } from './ground-state/ground-state.ts';
import { knownTruth } from './known-truth/known-truth.ts';
import { mapping } from './mapping/mapping.ts';
import { replicaCurve } from './replica-curve/replica-curve.ts';
import type { PhaseState } from './shared/phases.ts';
import { words } from './words/words.ts';

/** A study whose configuration and result are its own business: what a shell that renders all of them sees. */
// biome-ignore lint/suspicious/noExplicitAny: configuration and result differ from study to study
export type AnyExperiment = Experiment<any, PhaseState, any>;

/** All studies, in the order in which a newcomer should meet them. */
export const experiments: readonly AnyExperiment[] = [
  knownTruth,
  words,
  family,
  mapping,
  replicaCurve,
  attentionWavefunction,
  groundState,
];

/**
 * The study of a name.
 *
 * @param id what a person typed, such as `known-truth`
 * @throws {ConfigError} for an unknown name, with a suggestion
 */
export function findExperiment(id: string): AnyExperiment {
  const found = experiments.find((experiment) => experiment.id === id);
  if (found) return found;
  const ids = experiments.map((experiment) => experiment.id);
  const guess = closest(id, ids);
  throw new ConfigError(
    `experiments: there is no study ${JSON.stringify(id)}. ${guess ? `Did you mean ${guess}?` : `Choose one of ${ids.join(', ')}.`}`,
  );
}
