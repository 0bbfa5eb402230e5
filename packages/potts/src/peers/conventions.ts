import { DomainError } from '@spinformer/numerics';
import type { AlignmentOptions } from '../alignment.ts';
import type { WeightOptions } from '../alignment-weights.ts';
import type { ContactScoreOptions } from '../contacts.ts';
import type { InferenceMethod } from '../inference/inference-options.ts';
import type { Penalties } from '../inference/site-priors.ts';
import { convertPenalty, type ProblemSize } from './convert-penalty.ts';

/** A program whose conventions can be taken as a whole. */
export type Peer = 'plmc' | 'ccmpred' | 'gremlin' | 'plmdca' | 'adabmdca';

/** Everything that a peer program decides between an alignment and a list of contacts, at its defaults. */
export interface PeerConventions {
  readonly peer: Peer;
  /** For `readAlignment`: gaps, foreign letters, columns and sequences left out. */
  readonly alignment: AlignmentOptions;
  /** Whether equal sequences count once, before they are weighed. */
  readonly duplicates: 'keep' | 'drop';
  /** For `sequenceWeights`; the identity 'automatic' stands for `automaticIdentity`. */
  readonly weights: Omit<WeightOptions, 'identity'> & { readonly identity: number | 'automatic' };
  /** For `inferCouplings`. */
  readonly method: InferenceMethod;
  /** The peer's default penalties on the scale of `method`. */
  readonly penalties: (size: ProblemSize) => Penalties;
  /** Share of uniform frequencies mixed into the data; 0 for a method that has none. */
  readonly pseudocount: (size: ProblemSize) => number;
  /** For `contactScores`; `gap: 'left-out'` asks for `withoutState` where gaps are a state. */
  readonly score: Pick<ContactScoreOptions, 'gauge' | 'correction' | 'fromZero'> & {
    readonly gap: 'counts' | 'left-out';
  };
  /** What is not as in the peer, in words. */
  readonly differences: readonly string[];
}

const none = () => 0;

const PEERS: Readonly<Record<Peer, PeerConventions>> = {
  plmc: {
    peer: 'plmc',
    alignment: { gaps: 'ignore', invalid: 'drop', invalidColumns: 'all', emptyColumns: 'keep' },
    duplicates: 'keep',
    weights: { convention: 'plmc', identity: 0.8 },
    method: 'plm',
    penalties: () => ({ fieldPenalty: 0.01, couplingPenalty: 100 }),
    pseudocount: none,
    score: { gauge: 'as-given', correction: 'apc', gap: 'counts' },
    differences: ['Gaps are missing data, as with plmc -g: without -g plmc has a gap state.'],
  },
  ccmpred: {
    peer: 'ccmpred',
    alignment: { gaps: 'state', invalid: 'gap', emptyColumns: 'keep' },
    duplicates: 'keep',
    weights: { convention: 'ccmpred', identity: 0.8 },
    method: 'plm',
    penalties: (size) => ({
      fieldPenalty: 0.01,
      couplingPenalty: convertPenalty(0.2, { from: 'ccmpred', to: 'plm', ...size }),
    }),
    pseudocount: none,
    score: { gauge: 'mean-free', correction: 'apc-with-diagonal', fromZero: true, gap: 'left-out' },
    differences: ['The gap has a field; CCMpred holds it at zero and penalises the others against it.'],
  },
  gremlin: {
    peer: 'gremlin',
    alignment: { gaps: 'state', invalid: 'gap', maxColumnGaps: 0.5, emptyColumns: 'keep' },
    duplicates: 'keep',
    weights: { convention: 'gremlin', identity: 0.8 },
    method: 'plm',
    penalties: (size) => ({
      fieldPenalty: 0.01,
      couplingPenalty: convertPenalty(0.01, { from: 'gremlin', to: 'plm', ...size }),
    }),
    pseudocount: none,
    score: { gauge: 'as-given', correction: 'apc-with-diagonal', gap: 'left-out' },
    differences: ['GREMLIN also drops a column of exactly half gaps, and stops after 100 iterations.'],
  },
  plmdca: {
    peer: 'plmdca',
    alignment: { gaps: 'state', invalid: 'gap', maxSequenceGaps: 0.9, emptyColumns: 'keep' },
    duplicates: 'drop',
    weights: { convention: 'plmdca', identity: 'automatic' },
    method: 'plm-asymmetric',
    penalties: (size) => ({
      fieldPenalty: convertPenalty(0.01, { from: 'plmdca', to: 'plm-asymmetric', of: 'fields', ...size }),
      couplingPenalty: convertPenalty(0.01, { from: 'plmdca', to: 'plm-asymmetric', ...size }),
    }),
    pseudocount: none,
    score: { gauge: 'zero-sum', correction: 'apc', gap: 'left-out' },
    differences: [],
  },
  adabmdca: {
    peer: 'adabmdca',
    alignment: { gaps: 'state', invalid: 'drop', emptyColumns: 'keep' },
    duplicates: 'drop',
    weights: { convention: 'adabmdca', identity: 0.8 },
    method: 'boltzmann',
    penalties: () => ({ fieldPenalty: 0, couplingPenalty: 0 }),
    pseudocount: ({ effective }) => 1 / effective,
    score: { gauge: 'zero-sum', correction: 'apc-with-diagonal', gap: 'left-out' },
    differences: [
      'adabmDCA is the Python program adabmDCApy 2. The C++ program, adabmDCAc, takes the means ' +
        "of its correction over pairs of different sites: score with correction 'apc' to get its numbers.",
      'Steps are natural gradients and the target is confirmed with the parameters fixed, so models are not those of ' +
        "adabmDCA's plain gradient stopped at the first crossing; rule 'gradient' takes its steps.",
    ],
  },
};

/**
 * The conventions of plmc, CCMpred 0.3, GREMLIN_CPP, PlmDCA.jl or adabmDCApy as data: which sequences and letters
 * stay, how sequences are weighed, what is minimised under which penalties, how contacts are scored.
 *
 * @throws {DomainError} for a program that is not known.
 * @source hopf2017mutation; seemayer2014ccmpred; kamisetty2013gremlin; ekeberg2013plmdca; rosset2025adabmdca
 * @example
 * ```ts
 * const { alignment, weights, method, penalties } = peerConventions('ccmpred');
 * penalties({ sites: 159, states: 21, effective: 1590.9 }).couplingPenalty; // 31.6
 * ```
 */
export function peerConventions(peer: Peer): PeerConventions {
  if (!Object.hasOwn(PEERS, peer))
    throw new DomainError(
      `peerConventions: no conventions for '${peer}'. Take one of ${Object.keys(PEERS).join(', ')}.`,
    );
  return PEERS[peer];
}
