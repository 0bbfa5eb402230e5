import {
  type Configurations,
  type LbfgsState,
  type LbfgsTick,
  minimizeTicks,
  type Rng,
  restoreRng,
} from '@spinformer/numerics';
import { dispose, flattenTree, type ParameterTree, treeToPlain, unflattenTree } from '@spinformer/tensor';
import { beginParameters } from './begin-parameters.ts';
import { evaluateMasked } from './evaluate-masked.ts';
import { FullBatchObjective } from './full-batch-objective.ts';
import type { Model } from './model.ts';
import type { TrainOptions, TrainSettings } from './train-options.ts';
import type { TrainMetrics, TrainState, TrainTick } from './train-state.ts';

/** Pairs that L-BFGS remembers: the bilinear problem of learned values is badly scaled, and its vectors are short. */
const HISTORY = 20;

/** What a tick is described with. */
interface Context<P extends ParameterTree> {
  readonly model: Model<P>;
  readonly settings: TrainSettings;
  readonly test: Configurations | undefined;
  readonly rng: Rng;
  readonly objective: FullBatchObjective<P>;
  /** Gives the structure of the parameters. */
  readonly like: P;
}

/** Full-batch training by L-BFGS in float64, a tick per accepted iterate. */
export async function* trainLbfgs<P extends ParameterTree>(
  model: Model<P>,
  data: Configurations,
  options: TrainOptions<P>,
  settings: TrainSettings,
): AsyncGenerator<TrainTick> {
  const { resume, test, signal } = options;
  const { masking, penalty, steps, gradientTolerance, tickEvery } = settings;
  const rng = resume ? restoreRng(resume.rng) : options.rng;
  const like = beginParameters(model, options, settings, rng);
  const objective = new FullBatchObjective(model, like, data, { masking, penalty, rng: rng.fork('masks') });
  try {
    const ticks = minimizeTicks((x, gradient) => objective.evaluate(x, gradient), flattenTree(like), {
      history: HISTORY,
      gradientTolerance,
      maxIterations: steps,
      ...(signal ? { signal } : {}),
      ...(resume ? { resume: resume.solver as unknown as LbfgsState } : {}),
    });
    for await (const tick of ticks) {
      if (tick.status === 'running' && tick.step % tickEvery !== 0) continue;
      yield await describeTick(tick, { model, settings, test, rng, objective, like });
    }
  } finally {
    objective.dispose();
    dispose(like);
  }
}

async function describeTick<P extends ParameterTree>(
  tick: LbfgsTick,
  context: Context<P>,
): Promise<TrainTick> {
  const { model, settings, test, rng, objective, like } = context;
  const { masking, penalty } = settings;
  const parameters = unflattenTree(tick.state.point, like);
  try {
    const { value, gradientNorm } = tick.metrics;
    const metrics: TrainMetrics = {
      loss: value - (penalty ? objective.penaltyAt(parameters) : 0),
      ...(test
        ? { testLoss: await evaluateMasked(model, parameters, test, { masking, rng: rng.fork('test') }) }
        : {}),
      ...(penalty ? { objective: value } : {}),
      learningRate: 1,
      gradientNorm,
    };
    const state: TrainState = {
      optimizer: 'lbfgs',
      model: model.name,
      step: tick.step,
      parameters: treeToPlain(parameters),
      solver: tick.state,
      rng: { ...rng.state() },
      best: value,
      stale: 0,
      window: { loss: 0, objective: 0, steps: 0 },
    };
    return {
      step: tick.step,
      metrics,
      state,
      status: tick.status,
      ...(tick.remedy ? { remedy: tick.remedy } : {}),
    };
  } finally {
    dispose(parameters);
  }
}
