import { type SaddlePoint, solveSaddlePoint } from '@spinformer/replica-theory';
import { replicaSolveOptions } from '../commands/replica-solve.ts';
import { EXIT } from '../errors/exit-codes.ts';
import { type CommandContext, optionsOf } from '../spec/command-context.ts';
import { pairTable } from '../terminal/text-table.ts';
import { inOptions, replicaFamily } from './replica-problem.ts';

/** `replica solve`. */
export async function runReplicaSolve(context: CommandContext): Promise<number> {
  const { terminal, globals } = context;
  const { alpha, lambda, iterations, ...problem } = optionsOf(context, replicaSolveOptions);
  const began = performance.now();
  const family = replicaFamily({ ...problem, iterations });
  if (globals.dryRun) {
    terminal.data(`${family.title}, load ${alpha}, ridge ${lambda}`);
    return EXIT.done;
  }
  const solution = solveSaddlePoint(family.at(alpha, lambda), { maximumIterations: iterations });
  const seconds = Math.round(performance.now() - began) / 1000;
  const result = { schema: 1, ...numbersOf(solution), ...endOf(solution, family.bayesLoss), seconds };
  if (globals.json || globals.jsonl) terminal.data(JSON.stringify(result, null, globals.jsonl ? 0 : 2));
  else terminal.data(tableOf(family.title, solution, family.bayesLoss));
  if (solution.warning !== undefined) terminal.warn(solution.warning);
  if (solution.status === 'converged') {
    if (solution.remedy !== undefined) terminal.warn(solution.remedy);
    return EXIT.done;
  }
  terminal.warn(`${solution.status}: ${inOptions(solution.remedy ?? 'the saddle point was not reached.')}`);
  return globals.strict ? EXIT.numerics : EXIT.done;
}

/** What a solution says, under the names that are part of the contract. */
export function numbersOf({ observables, freeEnergy }: SaddlePoint) {
  const { trainingLoss, generalizationLoss, reconstructionError, m, q, v } = observables;
  return { trainingLoss, generalizationLoss, reconstructionError, m, q, v, freeEnergy };
}

function endOf({ residual, iterations, status, remedy, warning }: SaddlePoint, bayesLoss: number) {
  return {
    bayesLoss,
    residual,
    iterations,
    status,
    ...(remedy && { remedy: inOptions(remedy) }),
    ...(warning && { warning }),
  };
}

function tableOf(title: string, solution: SaddlePoint, bayesLoss: number): string {
  const numbers = numbersOf(solution);
  const digits = (value: number) => value.toPrecision(6);
  return [
    title,
    pairTable([
      ['load', solution.load],
      ['training loss', `${digits(numbers.trainingLoss)} nats`],
      ['generalisation loss', `${digits(numbers.generalizationLoss)} nats`],
      ['of the teacher itself', `${digits(bayesLoss)} nats`],
      ['reconstruction error', digits(numbers.reconstructionError)],
      ['overlap with teacher m', digits(numbers.m)],
      ['self-overlap q', digits(numbers.q)],
      ['response v', digits(numbers.v)],
      ['free energy', digits(numbers.freeEnergy)],
      ['status', `${solution.status} after ${solution.iterations} updates`],
    ]),
  ].join('\n');
}
