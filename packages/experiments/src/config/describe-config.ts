import { z } from 'zod';
import type { Experiment } from '../experiment.ts';

/** One setting of a study, for help pages and messages. */
export interface ConfigField {
  /** Dotted path, as `--set` takes it. */
  readonly name: string;
  /** What it does, with its unit. */
  readonly description: string;
  /** The values that are accepted, in words: `a whole number from 3 to 8`. */
  readonly allowed: string;
  /** The same for each entry, where it is a list. */
  readonly each?: string;
  /** Undefined where the field may be left out. */
  readonly default: unknown;
}

/**
 * Every setting of a study with its meaning, range and default.
 *
 * @param experiment the study
 * @returns one entry per leaf of the configuration, in the order of the schema
 */
export function describeConfig<Config, State, Result>(
  experiment: Experiment<Config, State, Result>,
): readonly ConfigField[] {
  const schema = z.toJSONSchema(experiment.config, { io: 'input', unrepresentable: 'any' });
  return leaves(schema as JsonSchema, '');
}

interface JsonSchema {
  readonly type?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly items?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
}

function leaves(schema: JsonSchema, prefix: string): ConfigField[] {
  return Object.entries(schema.properties ?? {}).flatMap(([key, field]) => {
    const name = prefix + key;
    if (field.properties) return leaves(field, `${name}.`);
    return [
      {
        name,
        description: field.description ?? '',
        allowed: allowed(field),
        default: field.default,
        ...(field.items && { each: allowed(field.items) }),
      },
    ];
  });
}

function allowed(field: JsonSchema): string {
  if (field.enum) return `one of ${field.enum.map(String).join(', ')}`;
  if (field.type === 'boolean') return 'true or false';
  if (field.type === 'string') return 'text';
  if (field.type === 'array') return `a list of ${plural(allowed(field.items ?? {}))}`;
  const noun = field.type === 'integer' ? 'a whole number' : 'a number';
  return `${noun}${range(field)}`;
}

function plural(text: string): string {
  return text.replace(/^a whole number/, 'whole numbers').replace(/^a number/, 'numbers');
}

function range(field: JsonSchema): string {
  const low = field.minimum;
  const high = field.maximum === Number.MAX_SAFE_INTEGER ? undefined : field.maximum;
  if (field.exclusiveMinimum !== undefined)
    return ` above ${field.exclusiveMinimum}${high === undefined ? '' : ` and at most ${high}`}`;
  if (low !== undefined && low !== Number.MIN_SAFE_INTEGER)
    return high === undefined ? ` of at least ${low}` : ` from ${low} to ${high}`;
  return high === undefined ? '' : ` of at most ${high}`;
}
