import { type FactoredModel, factoredAttention } from '@spinformer/attention';
import type { PlainData } from '@spinformer/numerics';
import { type Alignment, readAlignment } from '@spinformer/potts';
import type { FittedCouplings } from '../shared/fit-phase.ts';
import type { Products } from '../shared/phases.ts';
import type { TrainedLayer } from '../shared/training-phase.ts';
import type { FamilyConfig } from './family-config.ts';

/** What the phases of the study make, each under its id. */
export interface FamilyProducts extends Products {
  readonly family: FamilyData;
  readonly couplings: FittedCouplings;
  /** Absent where the configuration leaves attention out. */
  readonly attention: TrainedLayer;
  readonly measurement: PlainData;
}

/** The family as it is studied. */
export interface FamilyData {
  readonly [key: string]: PlainData;
  /** Text of the alignment where it was drawn; empty where the configuration brings it. */
  readonly drawn: string;
  /** Base pairs of the drawn family, flat; empty otherwise. */
  readonly pairs: Int32Array;
  /** One weight per sequence. */
  readonly weights: Float64Array;
}

/**
 * The alignment that a run studies, as the configuration says how to read it.
 *
 * @param config the configuration
 * @param drawn the text of a drawn family, where there is no other
 * @throws {DataError} for a text that is no alignment
 */
export function familyAlignment(config: FamilyConfig, drawn: string): Alignment {
  const { alphabet, focus, gaps } = config;
  return readAlignment(config.alignment ?? drawn, {
    ...(alphabet !== 'auto' && { alphabet }),
    ...(focus !== undefined && { focus }),
    ...{ gaps, emptyColumns: 'drop' },
  });
}

/** The layer of attention that reads the family. */
export function familyLayer(config: FamilyConfig, alignment: Alignment): FactoredModel {
  return factoredAttention({ sites: alignment.sites, states: alignment.states, heads: config.heads });
}
