import { DataError, DomainError, type Rng } from '@spinformer/numerics';
import type { AmplitudeEvaluator } from '../wave-function.ts';
import { chainKeys, chainWords, indexFrom, logUniform, PURPOSE } from './chain-words.ts';
import {
  antiparallelChange,
  antiparallelPairs,
  type MovePairs,
  proposalCorrection,
} from './exchange-rule.ts';

/** Where Markov chains of spins stand, as plain data: enough to go on bit for bit. */
export type SpinChainsState = {
  readonly sites: number;
  /** Proposals that every chain has made. */
  readonly proposals: number;
  /** Two key words per chain. */
  readonly keys: Int32Array;
  /** [chains, sites], 1 for up. */
  readonly up: Uint8Array;
};

/** What every chain proposes. */
interface Moves {
  /** The two sites of the exchange, [chains, 2]; −1 where nothing can be exchanged. */
  readonly sites: Int32Array;
  /** Logarithm of the number that decides, [chains]. */
  readonly logUniform: Float64Array;
}

/** Blocks of words after which a search for an antiparallel pair is taken as hopeless. */
const MAXIMUM_BLOCKS = 1024;

/**
 * Metropolis chains of |ψ|² (or a flatter power) at fixed S^z, advanced together: every proposal of all chains is one batch of amplitudes.
 * Chains outlive the parameters: call {@link advance} with the amplitudes of the day.
 *
 * Numbers of a chain come from its own Philox key and the count of its proposals, so that they depend neither on the
 * number of chains beside it nor on threads.
 */
export class SpinChains {
  readonly pairs: MovePairs;
  readonly chains: number;
  /** [chains, sites] of ±1, where the chains stand. */
  readonly spins: Int8Array;
  proposals: number;
  private readonly keys: Uint32Array;
  private readonly valid: Int32Array;

  private constructor(pairs: MovePairs, keys: Uint32Array, spins: Int8Array, proposals: number) {
    this.pairs = pairs;
    this.keys = keys;
    this.spins = spins;
    this.proposals = proposals;
    this.chains = keys.length / 2;
    this.valid = Int32Array.from({ length: this.chains }, (_, c) =>
      antiparallelPairs(pairs, spins, c * pairs.sites),
    );
  }

  /**
   * New chains at independent, uniformly random configurations.
   *
   * @param up - number of up spins of every configuration.
   * @throws {DomainError} when `up` is not in 0…sites or `chains` is not at least 1.
   */
  static start(pairs: MovePairs, chains: number, up: number, rng: Rng): SpinChains {
    const { sites } = pairs;
    if (!Number.isInteger(chains) || chains < 1)
      throw new DomainError(`chains: must be a whole number ≥ 1, got ${chains}.`);
    if (!Number.isInteger(up) || up < 0 || up > sites)
      throw new DomainError(
        `totalSz: ${up} up spins do not fit ${sites} sites. Pass a total S^z of which sites/2 + totalSz is whole; ` +
          'an odd number of sites has no sector S^z = 0.',
      );
    const keys = chainKeys(rng, chains);
    return new SpinChains(pairs, keys, randomSpins(keys, sites, up), 0);
  }

  /** Chains that go on from a state. @throws {DataError} when it is of another number of sites. */
  static resume(pairs: MovePairs, state: SpinChainsState): SpinChains {
    if (state.sites !== pairs.sites)
      throw new DataError(
        `chains: the state is of ${state.sites} sites, the lattice has ${pairs.sites}. Resume on the same lattice.`,
      );
    const spins = Int8Array.from(state.up, (bit) => 2 * bit - 1);
    return new SpinChains(
      pairs,
      Uint32Array.from(state.keys, (word) => word >>> 0),
      spins,
      state.proposals,
    );
  }

  /** A copy of where the chains stand. */
  state(): SpinChainsState {
    return {
      sites: this.pairs.sites,
      proposals: this.proposals,
      keys: Int32Array.from(this.keys, (word) => word | 0),
      up: Uint8Array.from(this.spins, (spin) => (spin > 0 ? 1 : 0)),
    };
  }

  /**
   * `proposals` Metropolis proposals in every chain. A proposal to a configuration whose amplitude is not a number is
   * rejected.
   *
   * @param exponent - the chains go to |ψ|^exponent.
   * @returns the fraction of proposals accepted.
   */
  advance(amplitudes: AmplitudeEvaluator, proposals: number, exponent = 2): number {
    const logPsi = amplitudes.logAmplitudes(this.spins).real;
    const moves: Moves = {
      sites: new Int32Array(2 * this.chains),
      logUniform: new Float64Array(this.chains),
    };
    const proposed = new Int8Array(this.spins.length);
    let accepted = 0;
    for (let k = 0; k < proposals; k++, this.proposals++) {
      proposed.set(this.spins);
      for (let c = 0; c < this.chains; c++) this.propose(c, proposed, moves);
      const after = amplitudes.logAmplitudes(proposed).real;
      for (let c = 0; c < this.chains; c++) if (this.decide(c, moves, logPsi, after, exponent)) accepted++;
    }
    return accepted / Math.max(1, proposals * this.chains);
  }

  /** Picks an antiparallel pair and exchanges it in `proposed`; first site −1 where there is none. */
  private propose(c: number, proposed: Int8Array, moves: Moves): void {
    const { sites, count, first, second } = this.pairs;
    const start = c * sites;
    moves.sites[2 * c] = -1;
    if (this.valid[c] === 0) return;
    for (let block = 0; block < MAXIMUM_BLOCKS; block++) {
      const words = chainWords(this.keys, c, this.proposals, block, PURPOSE.move);
      // The first word of the first block decides the acceptance.
      if (block === 0) moves.logUniform[c] = logUniform(words[0]);
      for (let w = block === 0 ? 1 : 0; w < 4; w++) {
        const pair = indexFrom(words[w], count);
        const i = first[pair];
        const j = second[pair];
        if (proposed[start + i] === proposed[start + j]) continue;
        moves.sites[2 * c] = i;
        moves.sites[2 * c + 1] = j;
        proposed[start + i] = -proposed[start + i];
        proposed[start + j] = -proposed[start + j];
        return;
      }
    }
  }

  private decide(
    c: number,
    moves: Moves,
    logPsi: Float64Array,
    after: Float64Array,
    exponent: number,
  ): boolean {
    const { pairs, spins } = this;
    const i = moves.sites[2 * c];
    const j = moves.sites[2 * c + 1];
    if (i < 0) return false;
    const start = c * pairs.sites;
    const valid = this.valid[c] + antiparallelChange(pairs, spins, start, i, j);
    const logRatio = exponent * (after[c] - logPsi[c]) + proposalCorrection(pairs.rule, this.valid[c], valid);
    if (!(moves.logUniform[c] < logRatio)) return false;
    spins[start + i] = -spins[start + i];
    spins[start + j] = -spins[start + j];
    logPsi[c] = after[c];
    this.valid[c] = valid;
    return true;
  }
}

/** Uniformly random configurations with `up` up spins, by shuffling. */
function randomSpins(keys: Uint32Array, sites: number, up: number): Int8Array {
  const chains = keys.length / 2;
  const spins = new Int8Array(chains * sites);
  for (let c = 0; c < chains; c++) {
    const row = spins.subarray(c * sites, (c + 1) * sites).fill(-1);
    row.fill(1, 0, up);
    for (let last = sites - 1; last > 0; last--) {
      const other = indexFrom(chainWords(keys, c, last, 0, PURPOSE.start)[0], last + 1);
      const held = row[last];
      row[last] = row[other];
      row[other] = held;
    }
  }
  return spins;
}
