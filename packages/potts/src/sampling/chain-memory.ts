/** Many chains of one model in WebAssembly memory: what {@link sampleChains} needs of every method. */
export interface ChainMemory {
  /** Updates of sites that one sweep counts as, per chain. */
  readonly sites: number;
  /** Sets the states, [chains, sites]. */
  write(values: Int32Array): void;
  /** The states, [chains, sites], a new array. */
  read(): Int32Array;
  /** Sets the inverse temperature of every chain, [chains]. */
  setBetas(betas: Float64Array): void;
  /** Sweeps number `first`… of every chain; returns how many sites changed their state. */
  sweep(first: number, sweeps: number): number;
  /** E of every chain, [chains], new. */
  energies(): Float64Array;
  free(): void;
}

/** Words 32 bits wide that a kernel takes for the number of its first sweep. */
export function sweepWords(first: number, sweeps: number): [number, number, number] {
  return [first % 2 ** 32, Math.floor(first / 2 ** 32), sweeps];
}
