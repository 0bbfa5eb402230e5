import { UsageError } from '../errors/usage-error.ts';
import type { OptionSpec } from '../spec/option-spec.ts';
import { suggest } from './suggest.ts';

/**
 * The value of one option in its declared type.
 * @throws {UsageError} naming the option, what was given and what is allowed.
 */
export function checkOption(name: string, spec: OptionSpec, given: unknown): unknown {
  if (spec.many) {
    const list = Array.isArray(given) ? given : [given];
    return list.map((one) => checkSingle(name, spec, one));
  }
  return checkSingle(name, spec, Array.isArray(given) ? given.at(-1) : given);
}

function checkSingle(name: string, spec: OptionSpec, given: unknown): unknown {
  switch (spec.type) {
    case 'boolean':
      return checkBoolean(name, given);
    case 'number':
    case 'integer':
      return checkNumber(name, spec, given);
    default:
      return checkText(name, spec, given);
  }
}

function checkBoolean(name: string, given: unknown): boolean {
  if (typeof given === 'boolean') return given;
  throw new UsageError(`--${name} is a switch and takes no value, got ${String(given)}.`);
}

function checkText(name: string, spec: OptionSpec, given: unknown): string {
  const text = String(given);
  if (!spec.choices || spec.choices.includes(text)) return text;
  const near = suggest(text, spec.choices);
  const hint = near ? ` Did you mean ${near}?` : '';
  throw new UsageError(`--${name} must be one of ${spec.choices.join(', ')}, got ${text}.${hint}`);
}

function checkNumber(name: string, spec: OptionSpec, given: unknown): number | string {
  if (typeof given === 'string' && spec.words?.includes(given)) return given;
  const value = typeof given === 'string' && given.trim() === '' ? Number.NaN : Number(given);
  const range = rangeOf(spec);
  const isOutside =
    !Number.isFinite(value) ||
    (spec.type === 'integer' && !Number.isSafeInteger(value)) ||
    (spec.minimum !== undefined && (spec.exclusive ? value <= spec.minimum : value < spec.minimum)) ||
    (spec.maximum !== undefined && value > spec.maximum);
  if (isOutside) throw new UsageError(`--${name} must be ${range}, got ${String(given)}.`);
  return value;
}

/** `a whole number from 1 to 64`: the allowed range in words. */
export function rangeOf(spec: OptionSpec): string {
  return [numberRange(spec), ...(spec.words ?? [])].join(' or ');
}

function numberRange(spec: OptionSpec): string {
  const kind = spec.type === 'integer' ? 'a whole number' : 'a number';
  const low = spec.minimum === undefined ? '' : spec.exclusive ? `above ${spec.minimum}` : `${spec.minimum}`;
  if (low === '' && spec.maximum === undefined) return kind;
  if (spec.maximum === undefined) return spec.exclusive ? `${kind} ${low}` : `${kind}, at least ${low}`;
  if (low === '') return `${kind}, at most ${spec.maximum}`;
  return spec.exclusive
    ? `${kind} ${low} and at most ${spec.maximum}`
    : `${kind} from ${low} to ${spec.maximum}`;
}
