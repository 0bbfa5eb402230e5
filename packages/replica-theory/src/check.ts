import { ConfigError, DomainError } from '@spinformer/numerics';
import type { Scenario } from './replica-problem.ts';

/** @throws {DomainError} unless value is finite and ≥ 0. */
export function checkNotNegative(caller: string, name: string, value: number): void {
  if (!(Number.isFinite(value) && value >= 0)) {
    throw new DomainError(`${caller}: ${name} must be a number ≥ 0, got ${value}.`);
  }
}

/** @throws {DomainError} unless value is finite and > 0. */
export function checkPositive(caller: string, name: string, value: number): void {
  if (!(Number.isFinite(value) && value > 0)) {
    throw new DomainError(`${caller}: ${name} must be a number > 0, got ${value}.`);
  }
}

/** @throws {DomainError} unless value is an integer in from…to. */
export function checkInteger(caller: string, name: string, value: number, from: number, to: number): void {
  if (!(Number.isInteger(value) && value >= from && value <= to)) {
    throw new DomainError(`${caller}: ${name} must be an integer in ${from}…${to}, got ${value}.`);
  }
}

/** @throws {ConfigError} unless scenario is known. */
export function checkScenario(caller: string, scenario: Scenario): void {
  if (scenario !== 'tilted' && scenario !== 'gaussian') {
    throw new ConfigError(`${caller}: scenario must be 'tilted' or 'gaussian', got ${String(scenario)}.`);
  }
}

/** Load ≥ 0, ridge > 0 and teacher variance > 0. @throws {DomainError} */
export function checkLearning(
  caller: string,
  options: { load: number; ridge: number; teacherVariance: number },
): void {
  checkNotNegative(caller, 'load', options.load);
  if (!(options.ridge > 0 && Number.isFinite(options.ridge))) {
    throw new DomainError(
      `${caller}: ridge must be a number > 0, got ${options.ridge}. For the limit without penalty take 1e-6.`,
    );
  }
  checkPositive(caller, 'teacherVariance', options.teacherVariance);
}
