import { type Configurations, letEventsThrough, type Rng } from '@spinformer/numerics';
import {
  dispose,
  flattenTree,
  type ParameterTree,
  readSync,
  scope,
  type Tensor,
  unflattenTree,
  valueAndGrad,
} from '@spinformer/tensor';
import { sliceEntries } from './evaluate-masked.ts';
import { type MaskedBatch, maskedLoss, uploadBatch } from './masked-loss.ts';
import { askedWeight, type Masking, maskEntries } from './masking.ts';
import type { Model } from './model.ts';
import { type Penalty, penaltyTerm } from './penalty.ts';

/** Logits that are computed at once, which bounds the memory of an evaluation. */
const LOGITS_AT_ONCE = 1 << 20;

/**
 * The masked loss plus penalty of all data as a function of one float64 vector, for a minimiser. The masks are drawn
 * once; the batches stay on the backend until {@link dispose}.
 */
export class FullBatchObjective<P extends ParameterTree> {
  private readonly model: Model<P>;
  private readonly like: P;
  private readonly penalty: Penalty | undefined;
  private readonly batches: MaskedBatch[] = [];
  private readonly chunkLoss: (parameters: P, batch: MaskedBatch) => { value: Tensor; grads: P };

  /** @param like - parameters in float64 whose structure the vector follows; used as long as the objective. */
  constructor(
    model: Model<P>,
    like: P,
    data: Configurations,
    options: { readonly masking: Masking; readonly penalty: Penalty | undefined; readonly rng: Rng },
  ) {
    this.model = model;
    this.like = like;
    this.penalty = options.penalty;
    this.chunkLoss = valueAndGrad(maskedLoss(model));
    const entries = maskEntries(data.values, data.sites, options.masking, options.rng);
    const total = askedWeight(entries.targets, data.sites, data.weights);
    const size = Math.max(1, Math.floor(LOGITS_AT_ONCE / (data.sites * data.states)));
    for (let begin = 0; begin < data.samples; begin += size) {
      const part = sliceEntries(entries, data, begin, Math.min(begin + size, data.samples));
      this.batches.push(uploadBatch(part.entries, data.sites, part.weights, 'float64', total));
    }
  }

  /** The objective at `point`; its gradient is written into `gradient`. */
  async evaluate(point: Float64Array, gradient: Float64Array): Promise<number> {
    const parameters = unflattenTree(point, this.like);
    gradient.fill(0);
    let value = 0;
    for (const batch of this.batches) {
      value += this.addTerm(gradient, () => this.chunkLoss(parameters, batch));
      await letEventsThrough();
    }
    if (this.penalty) value += this.addTerm(gradient, () => this.penaltyAndGrad(parameters));
    dispose(parameters);
    return value;
  }

  /** The penalty alone at `parameters`. */
  penaltyAt(parameters: P): number {
    return scope(() => {
      const term = penaltyTerm(this.penalty, this.model, parameters);
      return term ? Number(readSync(term)[0]) : 0;
    });
  }

  dispose(): void {
    dispose(this.batches);
  }

  private penaltyAndGrad(parameters: P): { value: Tensor; grads: P } {
    return valueAndGrad((p: P) => penaltyTerm(this.penalty, this.model, p)!)(parameters, undefined);
  }

  private addTerm(gradient: Float64Array, term: () => { value: Tensor; grads: P }): number {
    return scope(() => {
      const { value, grads } = term();
      const flat = flattenTree(grads);
      for (let k = 0; k < flat.length; k++) gradient[k] += flat[k];
      return Number(readSync(value)[0]);
    });
  }
}
