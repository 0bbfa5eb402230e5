/**
 * Keys of CITATIONS.bib behind a model and its training, for the bibliography of a run.
 *
 * @param model - its own references; absent means those of the package as a whole.
 */
export function citations(model?: { readonly citations: readonly string[] }): readonly string[] {
  const training = ['devlin2019', 'besag1975', 'kingma2015adam', 'liu1989lbfgs'];
  return [
    ...(model ? model.citations : ['rende2024mapping', 'bhattacharya2022factored', 'vaswani2017']),
    ...training,
  ];
}
