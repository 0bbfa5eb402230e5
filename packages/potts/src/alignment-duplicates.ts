import type { Alignment } from './alignment.ts';

/**
 * The alignment with each sequence once, the first of its kind, as PlmDCA.jl, ArDCA.jl and adabmDCA count them before
 * they weigh sequences. Sequences are equal where all their codes are, gaps included.
 *
 * @returns a new alignment with a warning of how many were dropped, or the same one where none was.
 * @complexity O(samples·sites)
 */
export function dropDuplicates(alignment: Alignment): Alignment {
  const { samples, sites, codes, values, names, weights } = alignment;
  const seen = new Set<string>();
  const kept: number[] = [];
  for (let m = 0; m < samples; m++) {
    const key = String.fromCharCode(...codes.subarray(m * sites, (m + 1) * sites));
    if (seen.has(key)) continue;
    seen.add(key);
    kept.push(m);
  }
  if (kept.length === samples) return alignment;
  const dropped = samples - kept.length;
  return {
    ...alignment,
    samples: kept.length,
    names: kept.map((m) => names[m]),
    codes: rowsOf(codes, kept, sites),
    values: rowsOf(values, kept, sites),
    ...(weights && { weights: Float64Array.from(kept, (m) => weights[m]) }),
    warnings: [
      ...alignment.warnings,
      `${dropped} ${dropped === 1 ? 'sequence' : 'sequences'} dropped that stand in the alignment already`,
    ],
  };
}

function rowsOf<T extends Uint8Array | Int32Array>(source: T, rows: readonly number[], width: number): T {
  const out = new (source.constructor as new (length: number) => T)(rows.length * width);
  rows.forEach((row, k) => {
    out.set(source.subarray(row * width, (row + 1) * width), k * width);
  });
  return out;
}
