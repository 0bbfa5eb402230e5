import { DomainError } from '../errors.ts';

/** Settings of the minimiser; all have defaults. */
export interface LbfgsOptions {
  /** Pairs that are remembered, 1…100, default 8. Memory is 2·history vectors. */
  readonly history?: number;
  /** How pairs are stored, default `float64`; `float32` halves the memory and changes the path, not the optimum. */
  readonly historyPrecision?: 'float64' | 'float32';
  /** Converged when |gradient| ≤ gradientTolerance · max(1, |point|), Euclidean norms; default 1e-6, ≥ 0. */
  readonly gradientTolerance?: number;
  /** Converged when an iteration lowers the value by at most this fraction of max(1, |value|); default 0 (off). */
  readonly valueTolerance?: number;
  /** Iterations in all, those before a resume included; default 1000. */
  readonly maxIterations?: number;
  /** Evaluations in all, those before a resume included; checked between iterations; default unlimited. */
  readonly maxEvaluations?: number;
  /** Relative rounding error of the objective, default 1e-13; about 1e-7 where it sums in float32. */
  readonly valuePrecision?: number;
  /** Length of the first trial step, in the units of the parameters; default min(1, |gradient|). */
  readonly firstStepLength?: number;
  /** c₁ of the Wolfe conditions, in (0, ½), default 1e-4. */
  readonly sufficientDecrease?: number;
  /** c₂ of the Wolfe conditions, in (c₁, 1), default 0.9. */
  readonly curvature?: number;
  /** Evaluations of one line search, 2…1000, default 40. */
  readonly maxLineEvaluations?: number;
}

/** The settings with every default filled in. */
export type ResolvedLbfgsOptions = Required<LbfgsOptions>;

const DEFAULTS: ResolvedLbfgsOptions = {
  history: 8,
  historyPrecision: 'float64',
  gradientTolerance: 1e-6,
  valueTolerance: 0,
  maxIterations: 1000,
  maxEvaluations: Number.POSITIVE_INFINITY,
  valuePrecision: 1e-13,
  firstStepLength: Number.NaN,
  sufficientDecrease: 1e-4,
  curvature: 0.9,
  maxLineEvaluations: 40,
};

/** Fills in the defaults. @throws {DomainError} when a setting is out of its range; the message names it. */
export function resolveLbfgsOptions(options: LbfgsOptions, caller: string): ResolvedLbfgsOptions {
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  const resolved: ResolvedLbfgsOptions = { ...DEFAULTS, ...given };
  const check = (name: keyof LbfgsOptions, isValid: boolean, range: string) => {
    if (!isValid) throw new DomainError(`${caller}: ${name} must be ${range}, got ${resolved[name]}.`);
  };
  const isCount = (value: number, least: number, most: number) =>
    value >= least && value <= most && (Number.isInteger(value) || value === Number.POSITIVE_INFINITY);
  const { sufficientDecrease, curvature, firstStepLength } = resolved;
  check('history', isCount(resolved.history, 1, 100), 'an integer in 1…100');
  check('historyPrecision', /^float(64|32)$/.test(resolved.historyPrecision), "'float64' or 'float32'");
  check('gradientTolerance', resolved.gradientTolerance >= 0, 'a number ≥ 0');
  check('valueTolerance', resolved.valueTolerance >= 0, 'a number ≥ 0');
  check(
    'maxIterations',
    isCount(resolved.maxIterations, 0, Number.POSITIVE_INFINITY),
    'an integer ≥ 0 or Infinity',
  );
  check(
    'maxEvaluations',
    isCount(resolved.maxEvaluations, 1, Number.POSITIVE_INFINITY),
    'an integer ≥ 1 or Infinity',
  );
  check('valuePrecision', resolved.valuePrecision >= 0 && resolved.valuePrecision < 1, 'in [0, 1)');
  check('firstStepLength', !('firstStepLength' in given) || firstStepLength > 0, 'a number > 0');
  check('sufficientDecrease', sufficientDecrease > 0 && sufficientDecrease < 0.5, 'in (0, 0.5)');
  check('curvature', curvature > sufficientDecrease && curvature < 1, 'in (sufficientDecrease, 1)');
  check('maxLineEvaluations', isCount(resolved.maxLineEvaluations, 2, 1000), 'an integer in 2…1000');
  return resolved;
}
