import { type GramState, gramDirection, withProducts } from './gram-directions.ts';
import { HISTORY, isCurved, NOISE } from './limited-memory.ts';
import type { FittedSite, SiteProblem } from './site-problem.ts';
import { WolfeSearch } from './wolfe-search.ts';

// Words of the argument block, as kernels/_limited-memory.ts and kernels/asymmetric-pseudolikelihood.ts have them.
const WORD = {
  gradient: 5,
  slot: 7,
  have: 8,
  factor: 12,
  used: 13,
  coefficients: 30,
  site: 48,
  move: 49,
  scale: 50,
  value: 51,
  next: 52,
};
const MOVE = { evaluate: 0, turn: 1, lengthen: 2 } as const;
const COUNT = 2 * HISTORY + 1;

/** When a site counts as done. */
export interface SiteStopping {
  /** Share of the first gradient norm. */
  readonly tolerance: number;
  readonly maximumSteps: number;
  readonly maximumEvaluations: number;
}

/**
 * The vectors of one site in flight, and its L-BFGS as a machine that is told to {@link prepare} a trial, waits for the
 * kernel, and {@link judge}s it. Many slots advance side by side, one kernel call for all of them.
 */
export class SiteSlot {
  site = -1;
  evaluations = 0;
  objective = Number.NaN;
  gradientNorm = Number.NaN;
  iterations = 0;
  private firstNorm = 0;
  private slot = HISTORY - 1;
  private gram: GramState = emptyGram();
  private search: WolfeSearch | undefined;
  private step = 1;
  private factor = 1;
  private coefficients: Float64Array | undefined;
  private readonly problem: SiteProblem;
  private readonly vectors: { point: number; gradient: number; trial: number; trialGradient: number };
  private readonly history: number;
  private readonly changes: number;
  private readonly scale: number;
  private readonly out: number;

  constructor(problem: SiteProblem) {
    const zeros = (count: number) => problem.memory.zeros(count * problem.length);
    this.problem = problem;
    this.vectors = { point: zeros(1), gradient: zeros(1), trial: zeros(1), trialGradient: zeros(1) };
    this.history = zeros(HISTORY);
    this.changes = zeros(HISTORY);
    this.scale = zeros(1);
    this.out = problem.memory.allocate(8 * 3 * COUNT);
  }

  /** Begins a site from independent sites. */
  begin(site: number): void {
    this.site = site;
    this.evaluations = 0;
    this.iterations = 0;
    this.slot = HISTORY - 1;
    this.gram = emptyGram();
    this.search = undefined;
    this.problem.writeStart(site, this.scale, this.vectors.point);
  }

  /** Writes the kernel's arguments for the next trial. */
  prepare(place: number): void {
    const { point, gradient, trial, trialGradient } = this.vectors;
    const starting = this.search === undefined;
    const used = [2 * HISTORY];
    if (!starting) used.push(this.slot, HISTORY + this.slot);
    for (const pair of this.gram.pairs) used.push(pair, HISTORY + pair);
    const words = this.problem.words(place).fill(0);
    words.set([this.problem.length, this.problem.length, HISTORY, this.history, this.changes]);
    words.set([gradient, gradient], WORD.gradient);
    words.set([this.slot, starting ? 0 : 1, this.out, point, trial, this.factor], WORD.slot);
    words[WORD.used] = used.reduce((mask, b) => mask | (1 << b), 0);
    words.set(this.coefficients ?? [], WORD.coefficients);
    words[WORD.site] = this.site;
    words[WORD.move] = starting ? MOVE.evaluate : this.coefficients ? MOVE.turn : MOVE.lengthen;
    words[WORD.scale] = this.scale;
    words[WORD.next] = starting ? gradient : trialGradient;
  }

  /** Takes in what the kernel found; true when the site is done. */
  judge(place: number, stopping: SiteStopping): boolean {
    const value = this.problem.words(place)[WORD.value];
    const rows = this.problem.memory.runtime.float64(this.out, 3 * COUNT).slice();
    this.evaluations++;
    if (!this.search) {
      this.firstNorm = Math.sqrt(rows[3 * COUNT - 1]);
      this.accept(value, rows, false);
      return this.next(stopping);
    }
    this.coefficients = undefined;
    const move = this.search.next({ step: this.step, value, slope: rows[2 * HISTORY] / this.step });
    const spent = this.evaluations >= stopping.maximumEvaluations;
    if (move.kind === 'try' && !spent) {
      this.factor = move.step / this.step;
      this.step = move.step;
      return false;
    }
    if (move.kind === 'accept' || value < this.objective) this.accept(value, rows, true);
    else if (this.gram.pairs.length === 0 || spent) return true;
    else this.gram = { ...this.gram, pairs: [] };
    return this.next(stopping);
  }

  /** The conditional that has been found. */
  fitted(): FittedSite {
    return this.problem.fitted(this.scale, this.vectors.point);
  }

  private accept(value: number, rows: Float64Array, moved: boolean): void {
    this.objective = value;
    this.gradientNorm = Math.sqrt(rows[3 * COUNT - 1]);
    const products = withProducts(this.gram, HISTORY, moved ? this.slot : 0, rows);
    this.gram = { ...this.gram, products };
    if (!moved) return;
    const { point, gradient, trial, trialGradient } = this.vectors;
    Object.assign(this.vectors, {
      point: trial,
      trial: point,
      gradient: trialGradient,
      trialGradient: gradient,
    });
    this.iterations++;
    if (isCurved(products, this.slot))
      this.gram = { products, pairs: [...this.gram.pairs, this.slot].slice(1 - HISTORY) };
  }

  /** Stops, or turns into the next direction. */
  private next({ tolerance, maximumSteps, maximumEvaluations }: SiteStopping): boolean {
    if (!Number.isFinite(this.objective) || this.gradientNorm <= tolerance * this.firstNorm) return true;
    if (this.iterations >= maximumSteps || this.evaluations >= maximumEvaluations) return true;
    this.slot = (this.slot + 1) % HISTORY;
    this.gram = { ...this.gram, pairs: this.gram.pairs.filter((pair) => pair !== this.slot) };
    const direction = gramDirection(this.gram, HISTORY);
    this.search = new WolfeSearch(this.objective, direction.slope, NOISE);
    this.coefficients = direction.coefficients;
    this.step = 1;
    this.factor = 1;
    return !(direction.slope < 0);
  }
}

function emptyGram(): GramState {
  return { pairs: [], products: new Float64Array(COUNT ** 2) };
}
