import type { Rng } from '../rng-contract.ts';

/**
 * One Markov chain Monte Carlo method: how a chain begins and how it moves. `step` leaves the target distribution
 * unchanged. State and info are apart: the state is what the next step needs, the info is what a person wants to see.
 *
 * A kernel owns its states: `step` may write to the state it is given. States are plain data (objects and lists of
 * numbers, texts and typed arrays), so that they can be copied and saved.
 */
export interface MarkovKernel<State extends object, Info> {
  readonly name: string;
  /** A new state for a new chain. */
  init(rng: Rng): State;
  /** Moves the state, in place, by one step of the chain. */
  step(state: State, rng: Rng): Info;
  /** Keys of CITATIONS.bib. */
  readonly citations?: readonly string[];
}
