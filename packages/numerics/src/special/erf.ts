/** Cody's rational approximations: coefficients from the highest power down. */
const SMALL = {
  numerator: [
    0.18577770618460315, 3.1611237438705655, 113.86415415105016, 377.485237685302, 3209.377589138469,
  ],
  denominator: [1, 23.601290952344122, 244.02463793444417, 1282.6165260773723, 2844.236833439171],
};
const MIDDLE = {
  numerator: [
    2.1531153547440383e-8, 0.5641884969886701, 8.883149794388377, 66.11919063714163, 298.6351381974001,
    881.952221241769, 1712.0476126340707, 2051.0783778260716, 1230.339354797997,
  ],
  denominator: [
    1, 15.744926110709835, 117.6939508913125, 537.1811018620099, 1621.3895745666903, 3290.7992357334597,
    4362.619090143247, 3439.3676741437216, 1230.3393548037493,
  ],
};
const LARGE = {
  numerator: [
    0.016315387137302097, 0.30532663496123236, 0.36034489994980445, 0.12578172611122926, 0.01608378514874228,
    0.0006587491615298378,
  ],
  denominator: [
    1, 2.568520192289822, 1.8729528499234673, 0.5279051029514285, 0.06051834131244132, 0.0023352049762686918,
  ],
};

const SMALL_UP_TO = 0.46875;
const MIDDLE_UP_TO = 4;
const SQRT_PI_INVERSE = 0.5641895835477563;

function rational({ numerator, denominator }: typeof SMALL, x: number): number {
  let above = numerator[0];
  let below = denominator[0];
  for (let k = 1; k < numerator.length; k++) {
    above = above * x + numerator[k];
    below = below * x + denominator[k];
  }
  return above / below;
}

/** exp(sign·x²) without the rounding error of x²: x is split at a sixteenth. */
function expOfSquare(x: number, sign: 1 | -1): number {
  const coarse = Math.trunc(x * 16) / 16;
  const rest = (x - coarse) * (x + coarse);
  return Math.exp(sign * coarse * coarse) * Math.exp(sign * rest);
}

/** erfcx for x > 0.46875. */
function scaledTail(x: number): number {
  if (x <= MIDDLE_UP_TO) return rational(MIDDLE, x);
  const inverse = 1 / (x * x);
  return (SQRT_PI_INVERSE - inverse * rational(LARGE, inverse)) / x;
}

/**
 * The error function 2/√π ∫₀ˣ exp(−t²) dt.
 *
 * @returns in [−1, 1], to about 2·10⁻¹⁶ of its value.
 * @source cody1969erf
 */
export function erf(x: number): number {
  const size = Math.abs(x);
  if (!(size > SMALL_UP_TO)) return x * rational(SMALL, x * x);
  if (size > 6) return Math.sign(x);
  return Math.sign(x) * (1 - expOfSquare(size, -1) * scaledTail(size));
}

/**
 * The complement 1 − erf(x), without cancellation where it is small: it is a positive number up to x ≈ 26.5.
 *
 * @returns in [0, 2], to about 10⁻¹⁵ of its value.
 * @source cody1969erf
 */
export function erfc(x: number): number {
  const size = Math.abs(x);
  if (!(size > SMALL_UP_TO)) return 1 - erf(x);
  const tail = size > 27 ? 0 : expOfSquare(size, -1) * scaledTail(size);
  return x > 0 ? tail : 2 - tail;
}

/**
 * exp(x²)·erfc(x): the tail without its exponential, which neither underflows nor overflows for x > −26.6.
 *
 * @returns positive, to about 10⁻¹⁵ of its value; Infinity below x ≈ −26.6.
 * @source cody1969erf
 */
export function erfcx(x: number): number {
  const size = Math.abs(x);
  if (!(size > SMALL_UP_TO)) return Math.exp(x * x) * (1 - erf(x));
  if (x > 0) return x === Number.POSITIVE_INFINITY ? 0 : scaledTail(x);
  return size > 27 ? Number.POSITIVE_INFINITY : 2 * expOfSquare(size, 1) - scaledTail(size);
}
