/** Keys of CITATIONS.bib by the export that stands on them. */
const KEYS = {
  isingProblem: ['rende2024mapping', 'bachschmid2017'],
  pottsProblem: ['rende2024mapping'],
  unstructuredPottsProblem: ['rende2024mapping', 'ekeberg2013plmdca'],
  skSpectrum: ['bachschmid2017'],
  bayesOptimalProblem: ['bachschmid2017', 'zdeborova2016'],
  separabilityThreshold: ['candes2020'],
  solveSaddlePoint: ['anderson1965'],
  normalDeviation: ['johnson1978'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** The exports that stand on published methods. */
export type CitedMethod = keyof typeof KEYS;

/**
 * Keys of CITATIONS.bib for what a computation used.
 *
 * @param methods - names of exports of this package; none means all.
 * @returns each key once, in the order of the methods.
 * @example
 * ```ts
 * citations('isingProblem', 'solveSaddlePoint');
 * ```
 */
export function citations(...methods: readonly CitedMethod[]): readonly string[] {
  const chosen = methods.length > 0 ? methods : (Object.keys(KEYS) as CitedMethod[]);
  return [...new Set(chosen.flatMap((method) => [...KEYS[method]]))];
}
