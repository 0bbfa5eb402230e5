import { studentToNormal } from '@spinformer/replica-theory';
import {
  type ComparedPoint,
  type Comparison,
  OBSERVABLES,
  type Observable,
  type SizeTrend,
  type TrendPoint,
} from './replica-curve-result.ts';

/**
 * What the finite size does, point by point: the theory is that of infinitely many sites, and a deviation ∝ 1/N
 * disappears from twice the deviation at N minus that at N/2.
 *
 * @param small models of half the size, in the same order as the large ones; empty for no trend
 * @param large models of the full size
 */
export function sizeTrend(small: readonly ComparedPoint[], large: readonly ComparedPoint[]): TrendPoint[] {
  return small.map((half, k) => {
    const full = large[k];
    const trends = OBSERVABLES.map((name) => [
      name,
      trendOf(half[name], full[name], [half.experiments, full.experiments]),
    ]);
    const { load, ridge } = full;
    return { load, ridge, ...(Object.fromEntries(trends) as Record<Observable, SizeTrend>) };
  });
}

function trendOf(half: Comparison, full: Comparison, counts: readonly [number, number]): SizeTrend {
  const small = half.mean - half.theory;
  const large = full.mean - full.theory;
  const extrapolated = 2 * large - small;
  const parts = [half.error ** 2, 4 * full.error ** 2];
  const variance = parts[0] + parts[1];
  // Welch and Satterthwaite's degrees of freedom of a sum of two estimated variances.
  const freedom = variance ** 2 / (parts[0] ** 2 / (counts[0] - 1) + parts[1] ** 2 / (counts[1] - 1));
  const error = Math.sqrt(variance);
  const deviation = studentToNormal(extrapolated / error, freedom);
  return { small, large, extrapolated, error, deviation, theory: full.theory };
}
