/** Cody's rational approximations; each numerator's last coefficient belongs to the highest power and comes first. */
const SMALL = {
  numerator: [
    1.8577770618460315e-1, 3.1611237438705656, 1.1386415415105016e2, 3.77485237685302e2, 3.209377589138469e3,
  ],
  denominator: [1, 2.3601290952344121e1, 2.4402463793444417e2, 1.2826165260773723e3, 2.8442368334391706e3],
};
const MIDDLE = {
  numerator: [
    2.1531153547440385e-8, 5.6418849698867009e-1, 8.883149794388376, 6.611919063714163e1,
    2.9863513819740013e2, 8.8195222124176909e2, 1.7120476126340706e3, 2.0510783778260715e3,
    1.230339354797997e3,
  ],
  denominator: [
    1, 1.5744926110709835e1, 1.176939508913125e2, 5.3718110186200986e2, 1.6213895745666902e3,
    3.2907992357334596e3, 4.362619090143247e3, 3.4393676741437216e3, 1.2303393548037494e3,
  ],
};
const LARGE = {
  numerator: [
    1.6315387137302098e-2, 3.0532663496123234e-1, 3.6034489994980444e-1, 1.2578172611122925e-1,
    1.6083785148742277e-2, 6.587491615298378e-4,
  ],
  denominator: [
    1, 2.5685201922898224, 1.8729528499234673, 5.2790510295142841e-1, 6.0518341312441319e-2,
    2.3352049762686919e-3,
  ],
};

const SMALL_UP_TO = 0.46875;
const MIDDLE_UP_TO = 4;
const SQRT_PI_INVERSE = 0.5641895835477562869;

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
