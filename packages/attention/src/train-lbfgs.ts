import {
  type Configurations,
  type LbfgsState,
  type LbfgsTick,
  minimizeTicks,
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

/** Full-batch training by L-BFGS in float64, a tick per accepted iterate. */
export async function* trainLbfgs<P extends ParameterTree>(
  model: Model<P>,
  data: Configurations,
  options: TrainOptions<P>,
  settings: TrainSettings,
): AsyncGenerator<TrainTick> {
  const { resume } = options;
  const rng = resume ? restoreRng(resume.rng) : options.rng;
  const like = beginParameters(model, options, settings, rng);
  const { masking, penalty, steps, gradientTolerance, tickEvery } = settings;
  const objective = new FullBatchObjective(model, like, data, { masking, penalty, rng: rng.fork('masks') });
  try {
    const ticks = minimizeTicks((x, gradient) => objective.evaluate(x, gradient), flattenTree(like), {
      history: HISTORY,
      gradientTolerance,
      maxIterations: steps,
      ...(options.signal ? { signal: options.signal } : {}),
      ...(resume ? { resume: resume.solver as unknown as LbfgsState } : {}),
    });
    for await (const tick of ticks) {
      if (tick.status === 'running' && tick.step % tickEvery !== 0) continue;
      yield await describeTick(tick, like);
    }
  } finally {
    objective.dispose();
    dispose(like);
  }

  async function describeTick(tick: LbfgsTick, structure: P): Promise<TrainTick> {
    const parameters = unflattenTree(tick.state.point, structure);
    try {
      const penaltyValue = penalty ? objective.penaltyAt(parameters) : 0;
      const metrics: TrainMetrics = {
        loss: tick.metrics.value - penaltyValue,
        ...(options.test
          ? {
              testLoss: await evaluateMasked(model, parameters, options.test, {
                masking,
                rng: rng.fork('test'),
              }),
            }
          : {}),
        ...(penalty ? { objective: tick.metrics.value } : {}),
        learningRate: 1,
        gradientNorm: tick.metrics.gradientNorm,
      };
      const state: TrainState = {
        optimizer: 'lbfgs',
        model: model.name,
        step: tick.step,
        parameters: treeToPlain(parameters),
        solver: tick.state,
        rng: { ...rng.state() },
        best: tick.metrics.value,
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
}
