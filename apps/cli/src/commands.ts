import { attentionMapsCommand } from './commands/attention-maps.ts';
import { attentionToPotts } from './commands/attention-to-potts.ts';
import { attentionTrain } from './commands/attention-train.ts';
import { completion } from './commands/completion.ts';
import { demo } from './commands/demo.ts';
import { doctor } from './commands/doctor.ts';
import { pottsCheck } from './commands/potts-check.ts';
import { pottsCompare } from './commands/potts-compare.ts';
import { pottsContacts } from './commands/potts-contacts.ts';
import { pottsConvert } from './commands/potts-convert.ts';
import { pottsEnergies } from './commands/potts-energies.ts';
import { pottsEntropy } from './commands/potts-entropy.ts';
import { pottsGenerate } from './commands/potts-generate.ts';
import { pottsInfer } from './commands/potts-infer.ts';
import { pottsMutations } from './commands/potts-mutations.ts';
import { pottsSample } from './commands/potts-sample.ts';
import { pottsShow } from './commands/potts-show.ts';
import { replicaCurveCommand } from './commands/replica-curve.ts';
import { replicaSolve } from './commands/replica-solve.ts';
import { runExperiment } from './commands/run-experiment.ts';
import { runsCommands } from './commands/runs.ts';
import { vqsExact } from './commands/vqs-exact.ts';
import { vqsMeasure } from './commands/vqs-measure.ts';
import { vqsOptimize } from './commands/vqs-optimize.ts';
import type { CommandSpec } from './spec/command-spec.ts';

/** Every command that there is, in the order of the overview. */
export const commands: readonly CommandSpec[] = [
  demo,
  pottsInfer,
  pottsContacts,
  pottsCompare,
  pottsGenerate,
  pottsCheck,
  pottsSample,
  pottsEntropy,
  pottsShow,
  pottsMutations,
  pottsEnergies,
  pottsConvert,
  attentionTrain,
  attentionMapsCommand,
  attentionToPotts,
  replicaSolve,
  replicaCurveCommand,
  vqsExact,
  vqsOptimize,
  vqsMeasure,
  runExperiment,
  ...runsCommands,
  doctor,
  completion,
];
