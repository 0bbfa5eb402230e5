/** A point on the search line: how far along it, the objective there, and its slope along the line. */
export interface LinePoint {
  readonly step: number;
  readonly value: number;
  readonly slope: number;
}

/** The interval in which the minimiser is known to lie: its better end, its other end, and whether both are known. */
export interface Bracket {
  readonly best: LinePoint;
  readonly other: LinePoint;
  readonly isClosed: boolean;
}

/** The minimiser of the cubic through two points, as a fraction of the way from `a` to `b`; γ's sign as given. */
function cubic(a: LinePoint, b: LinePoint, sign: 1 | -1): { theta: number; gamma: number } {
  const theta = (3 * (a.value - b.value)) / (b.step - a.step) + a.slope + b.slope;
  const scale = Math.max(Math.abs(theta), Math.abs(a.slope), Math.abs(b.slope));
  const root = Math.max(0, (theta / scale) ** 2 - (a.slope / scale) * (b.slope / scale));
  return { theta, gamma: sign * scale * Math.sqrt(root) };
}

/** Case 1: the trial is higher than the best point, so a minimum lies between. */
function higher(best: LinePoint, trial: LinePoint): number {
  const { theta, gamma } = cubic(best, trial, trial.step < best.step ? -1 : 1);
  const way = trial.step - best.step;
  const ratio = (gamma - best.slope + theta) / (gamma - best.slope + gamma + trial.slope);
  const cubicStep = best.step + ratio * way;
  const chord = (best.value - trial.value) / way + best.slope;
  const quadraticStep = best.step + (best.slope / chord / 2) * way;
  const isCubicNearer = Math.abs(cubicStep - best.step) < Math.abs(quadraticStep - best.step);
  return isCubicNearer ? cubicStep : cubicStep + (quadraticStep - cubicStep) / 2;
}

/** Case 2: lower, and the slope changed its sign: a minimum lies between. */
function turned(best: LinePoint, trial: LinePoint): number {
  const { theta, gamma } = cubic(best, trial, trial.step > best.step ? -1 : 1);
  const ratio = (gamma - trial.slope + theta) / (gamma - trial.slope + gamma + best.slope);
  const cubicStep = trial.step + ratio * (best.step - trial.step);
  const secantStep = trial.step + (trial.slope / (trial.slope - best.slope)) * (best.step - trial.step);
  return Math.abs(cubicStep - trial.step) > Math.abs(secantStep - trial.step) ? cubicStep : secantStep;
}

/** Case 3: lower, same sign, and the slope is flatter: extrapolate, but with care. */
function flatter(
  { best, other, isClosed }: Bracket,
  trial: LinePoint,
  lowest: number,
  highest: number,
): number {
  const { theta, gamma } = cubic(best, trial, trial.step > best.step ? -1 : 1);
  const ratio = (gamma - trial.slope + theta) / (gamma + (best.slope - trial.slope) + gamma);
  const isAhead = trial.step > best.step;
  const bound = isAhead ? highest : lowest;
  const cubicStep = ratio < 0 && gamma !== 0 ? trial.step + ratio * (best.step - trial.step) : bound;
  const secantStep = trial.step + (trial.slope / (trial.slope - best.slope)) * (best.step - trial.step);
  const isCubicNearer = Math.abs(cubicStep - trial.step) < Math.abs(secantStep - trial.step);
  if (!isClosed) return Math.min(highest, Math.max(lowest, isCubicNearer ? secantStep : cubicStep));
  const limit = trial.step + 0.66 * (other.step - trial.step);
  const nearer = isCubicNearer ? cubicStep : secantStep;
  return isAhead ? Math.min(limit, nearer) : Math.max(limit, nearer);
}

/** Case 4: lower, same sign, and not flatter: go to the minimum of the cubic with the other end, or to the bound. */
function steeper(
  { best, other, isClosed }: Bracket,
  trial: LinePoint,
  lowest: number,
  highest: number,
): number {
  if (!isClosed) return trial.step > best.step ? highest : lowest;
  const { theta, gamma } = cubic(trial, other, trial.step > other.step ? -1 : 1);
  const ratio = (gamma - trial.slope + theta) / (gamma - trial.slope + gamma + other.slope);
  return trial.step + ratio * (other.step - trial.step);
}

/**
 * One move of the More–Thuente line search: takes the trial into the bracket and proposes the next trial step by safe
 * cubic and quadratic interpolation.
 *
 * @param lowest - the least step that may be proposed while the bracket is open.
 * @param highest - the greatest.
 * @source more1994linesearch, section 4 (MINPACK-2's dcstep)
 */
export function nextTrial(
  bracket: Bracket,
  trial: LinePoint,
  lowest: number,
  highest: number,
): { bracket: Bracket; step: number } {
  const { best, other, isClosed } = bracket;
  if (trial.value > best.value) {
    return { bracket: { best, other: trial, isClosed: true }, step: higher(best, trial) };
  }
  if (trial.slope * Math.sign(best.slope) < 0) {
    return { bracket: { best: trial, other: best, isClosed: true }, step: turned(best, trial) };
  }
  const isFlatter = Math.abs(trial.slope) < Math.abs(best.slope);
  const step = (isFlatter ? flatter : steeper)(bracket, trial, lowest, highest);
  return { bracket: { best: trial, other, isClosed }, step };
}
