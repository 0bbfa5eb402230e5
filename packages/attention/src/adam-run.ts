import type { Configurations, PlainData, Rng } from '@spinformer/numerics';
import {
  adamW,
  add,
  dispose,
  globalNorm,
  keep,
  type Optimizer,
  type OptimizerState,
  type ParameterTree,
  readScalar,
  type Schedule,
  scope,
  type Tensor,
  treeFromPlain,
  treeToPlain,
  valueAndGrad,
} from '@spinformer/tensor';
import { learningRateSchedule } from './learning-rate.ts';
import { BatchOrder } from './masked-batches.ts';
import { type MaskedBatch, maskedLoss, uploadBatch } from './masked-loss.ts';
import { maskEntries, takeSamples } from './masking.ts';
import type { Model } from './model.ts';
import { penaltyTerm } from './penalty.ts';
import type { TrainSettings } from './train-options.ts';
import type { TrainState } from './train-state.ts';

/** What one step saw, before its update. */
export interface AdamStep {
  /** Nats per masked site, without the penalty. */
  readonly loss: number;
  readonly objective: number;
  /** Measured on request, otherwise NaN. */
  readonly gradientNorm: number;
}

/**
 * The moving parts of a training by Adam: parameters, moments and the step. Batches and masks are functions of the
 * random stream's key and the step alone, so that a run that goes on from a state repeats every bit.
 */
export class AdamRun<P extends ParameterTree> {
  step: number;
  parameters: P;
  readonly schedule: Schedule;
  private readonly model: Model<P>;
  private readonly data: Configurations;
  private readonly settings: TrainSettings;
  private readonly order: BatchOrder;
  private readonly masks: Rng;
  private readonly optimizer: Optimizer;
  private readonly gradients: (parameters: P, batch: MaskedBatch) => { value: Tensor; grads: P };
  private moments: OptimizerState;

  /** @param parameters - taken over: the run disposes of them. */
  constructor(
    model: Model<P>,
    data: Configurations,
    settings: TrainSettings,
    parameters: P,
    rng: Rng,
    resume: TrainState | undefined,
  ) {
    const { batch, clipNorm, weightDecay, penalty } = settings;
    this.model = model;
    this.data = data;
    this.settings = settings;
    this.parameters = parameters;
    this.step = resume?.step ?? 0;
    this.order = new BatchOrder(data, batch, rng.fork('batches'));
    this.masks = rng.fork('masks');
    this.schedule = learningRateSchedule(settings);
    const clipping = clipNorm === Infinity ? {} : { clipNorm };
    this.optimizer = adamW({ learningRate: this.schedule, weightDecay, ...clipping });
    this.moments = resume ? treeFromPlain<OptimizerState>(resume.solver) : this.optimizer.init(parameters);
    const loss = maskedLoss(model);
    this.gradients = valueAndGrad((p: P, entries: MaskedBatch) => {
      const term = penaltyTerm(penalty, model, p);
      return term ? add(loss(p, entries), term) : loss(p, entries);
    });
  }

  /** Does the next step; the returned numbers belong to the parameters before it. */
  advance(measureNorm: boolean): AdamStep {
    const seen = scope(() => {
      const { value, grads } = this.gradients(this.parameters, this.batchOf(this.step));
      const next = this.optimizer.update(this.parameters, grads, this.moments);
      const numbers = this.read(value, grads, measureNorm);
      dispose(this.parameters, this.moments);
      this.parameters = keep(next.parameters);
      this.moments = keep(next.state);
      return numbers;
    });
    this.step++;
    return seen;
  }

  /** The numbers of the last step's batch with the parameters as they are now; changes nothing. */
  look(): AdamStep {
    return scope(() => {
      const { value, grads } = this.gradients(this.parameters, this.batchOf(Math.max(0, this.step - 1)));
      return this.read(value, grads, true);
    });
  }

  /** Parameters and moments as plain data. */
  snapshot(): { readonly parameters: PlainData; readonly solver: PlainData } {
    return { parameters: treeToPlain(this.parameters), solver: treeToPlain(this.moments) };
  }

  dispose(): void {
    dispose(this.parameters, this.moments);
  }

  private read(value: Tensor, grads: P, measureNorm: boolean): AdamStep {
    const objective = readScalar(value);
    const { penalty } = this.settings;
    const term = penaltyTerm(penalty, this.model, this.parameters);
    const loss = term ? objective - readScalar(term) : objective;
    return { loss, objective, gradientNorm: measureNorm ? readScalar(globalNorm(grads)) : Number.NaN };
  }

  private batchOf(step: number): MaskedBatch {
    const { values, weights } = takeSamples(this.data, this.order.indices(step));
    const entries = maskEntries(
      values,
      this.data.sites,
      this.settings.masking,
      this.masks.fork(`step ${step}`),
    );
    return uploadBatch(entries, this.data.sites, weights, this.settings.precision);
  }
}
