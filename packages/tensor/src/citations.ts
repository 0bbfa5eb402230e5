/** Keys of CITATIONS.bib behind the operations and optimisers of this package. */
export function citations(): readonly string[] {
  return [
    'vaswani2017',
    'ba2016layernorm',
    'hendrycks2016gelu',
    'kingma2015adam',
    'loshchilov2019adamw',
    'loshchilov2017sgdr',
    'murray2016cholesky',
    'golub2013',
    'wu2000trlan',
  ];
}
