import type { Alignment } from '@spinformer/potts';

/** Sequences that are compared at most; more would say the same. */
const COMPARED = 1000;

/** How far generated sequences are from natural ones, as shares of differing sites. */
export interface NearestNatural {
  /** [generated, at most 1000], to the nearest natural sequence. */
  readonly generated: Float64Array;
  /** [natural, at most 1000], to the nearest other natural sequence. */
  readonly natural: Float64Array;
}

/** Distances to the nearest natural sequence, of generated sequences and of natural ones to all others. */
export function nearestNatural(
  values: Int32Array,
  { values: natural, samples, sites }: Alignment,
): NearestNatural {
  const count = Math.min(COMPARED, values.length / sites);
  const stride = Math.max(1, Math.floor(samples / COMPARED));
  const chosen = Math.min(COMPARED, samples);
  return {
    generated: Float64Array.from({ length: count }, (_, k) => nearest(values, k, natural, sites, -1)),
    natural: Float64Array.from({ length: chosen }, (_, k) =>
      nearest(natural, k * stride, natural, sites, k * stride),
    ),
  };
}

/** Distance of one sequence to the nearest of many, itself left out. */
function nearest(from: Int32Array, row: number, to: Int32Array, sites: number, self: number): number {
  let least = sites;
  for (let other = 0; other * sites < to.length && least > 0; other++) {
    if (other === self) continue;
    let differing = 0;
    for (let i = 0; i < sites && differing < least; i++)
      if (from[row * sites + i] !== to[other * sites + i]) differing++;
    least = Math.min(least, differing);
  }
  return least / sites;
}
