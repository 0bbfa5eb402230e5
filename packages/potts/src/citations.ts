/** What was done with this package, as far as somebody should be cited for it. */
export type PottsTopic =
  | 'pseudolikelihood'
  | 'sampling'
  | 'thermodynamics'
  | 'weights'
  | 'contacts'
  | 'contact-probabilities'
  | 'structures'
  | 'mutations'
  | 'generalized'
  | 'mean-field'
  | 'gaussian'
  | 'autoregressive'
  | 'boltzmann';

const KEYS: Readonly<Record<PottsTopic, readonly string[]>> = {
  pseudolikelihood: ['besag1975', 'aurell2012', 'ekeberg2013plmdca'],
  sampling: ['metropolis1953', 'geman1984', 'wolff1989', 'swendsen1987', 'hukushima1996'],
  thermodynamics: ['neal2001ais', 'wu1982potts', 'kaufman1949', 'onsager1944'],
  weights: ['hopf2017mutation'],
  contacts: ['dunn2008apc', 'ekeberg2013plmdca'],
  'contact-probabilities': ['toth2016disordered', 'hopf2019evcouplings', 'nelder1965'],
  structures: ['needleman1970'],
  mutations: ['hopf2017mutation'],
  generalized: ['rende2024mapping'],
  'mean-field': ['morcos2011'],
  gaussian: ['baldassi2014gaussian'],
  autoregressive: ['trinquier2021ardca'],
  boltzmann: ['ackley1985boltzmann', 'tieleman2008pcd', 'montavon2012centred', 'muntoni2021adabmdca'],
};

/**
 * Keys of CITATIONS.bib for what a run used; without topics, for everything in this package.
 *
 * @returns each key once, new.
 * @example
 * ```ts
 * citations(['contacts']); // ['dunn2008apc', 'ekeberg2013plmdca']
 * ```
 */
export function citations(
  topics: readonly PottsTopic[] = Object.keys(KEYS) as PottsTopic[],
): readonly string[] {
  return [...new Set(topics.flatMap((topic) => KEYS[topic]))];
}
