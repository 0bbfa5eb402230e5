/** Keys of CITATIONS.bib by the export that stands on them. */
const KEYS = {
  seededRng: ['salmon2011philox', 'lemire2019integers', 'box1958normal'],
  gamma: ['marsaglia2000gamma'],
  estimate: ['vehtari2021rhat', 'geyer1992'],
  minimize: ['liu1989lbfgs', 'more1994linesearch', 'hager2005linesearch', 'nocedal2006'],
  fixedPoint: ['anderson1965', 'walker2011anderson'],
  gaussHermite: ['golub1969'],
  gaussLegendre: ['golub1969'],
  erf: ['cody1969erf'],
  gaussianTail: ['cody1969erf'],
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
 * citations('minimize', 'seededRng');
 * ```
 */
export function citations(...methods: readonly CitedMethod[]): readonly string[] {
  const chosen = methods.length > 0 ? methods : (Object.keys(KEYS) as CitedMethod[]);
  return [...new Set(chosen.flatMap((method) => [...KEYS[method]]))];
}
