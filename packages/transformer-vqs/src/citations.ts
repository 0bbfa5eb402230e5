/** Keys of CITATIONS.bib by what was done; a wave function names its own in `citations`. */
const KEYS = {
  signRule: ['marshall1955'],
  shastrySutherland: ['shastry1981'],
  exact: ['lin1990', 'sandvik2010', 'wu2000trlan'],
  sampling: ['becca2017', 'misery2025looking'],
  optimize: ['sorella2001', 'chen2024minsr', 'rende2024linear', 'goldshlager2024spring', 'gu2025march'],
  observables: ['wu2024vscore', 'hastings2010renyi', 'medvidovic2021classical'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** Parts of this package that stand on published methods. */
export type VqsTopic = keyof typeof KEYS;

/**
 * Keys of CITATIONS.bib for what a run used; without topics, for everything in this package beside wave functions.
 *
 * @returns each key once, new.
 * @example
 * ```ts
 * citations(['signRule']); // ['marshall1955']
 * ```
 */
export function citations(topics: readonly VqsTopic[] = Object.keys(KEYS) as VqsTopic[]): readonly string[] {
  return [...new Set(topics.flatMap((topic) => KEYS[topic]))];
}
