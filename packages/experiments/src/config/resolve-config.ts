import { ConfigError } from '@spinformer/numerics';
import type { z } from 'zod';
import type { Experiment } from '../experiment.ts';
import { closest } from './closest.ts';
import { type ConfigField, describeConfig } from './describe-config.ts';
import { isPlainObject } from './set-path.ts';

/** The named sizes that every study offers. */
export type PresetName = 'quick' | 'paper';

/**
 * The full configuration of a run: the study's defaults, then the preset, then what a person set; every value
 * checked.
 *
 * @param experiment the study
 * @param preset `quick` finishes within two minutes on two cores, `paper` has the publication's size; undefined
 *   takes the defaults
 * @param overrides a tree of fields, later wins
 * @returns a configuration with every field present that the study needs
 * @throws {ConfigError} naming the field, its value and what would be allowed, one line per mistake
 * @example
 * resolveConfig(words, 'quick', { length: 5 });
 */
export function resolveConfig<Config, State, Result>(
  experiment: Experiment<Config, State, Result>,
  preset?: PresetName,
  overrides: Readonly<Record<string, unknown>> = {},
): Config {
  const chosen = preset === undefined ? {} : presetOf(experiment, preset);
  const wanted = mergeTrees(chosen as Record<string, unknown>, overrides);
  const parsed = experiment.config.safeParse(wanted);
  if (parsed.success) return parsed.data;
  const fields = describeConfig(experiment);
  const lines = parsed.error.issues.flatMap((issue) => explain(issue, wanted, fields));
  throw new ConfigError(lines.map((line) => `${experiment.id}: ${line}`).join('\n'));
}

function presetOf<Config, State, Result>(
  experiment: Experiment<Config, State, Result>,
  preset: string,
): Partial<Config> {
  if (!Object.hasOwn(experiment.presets, preset)) {
    const names = Object.keys(experiment.presets).join(', ');
    throw new ConfigError(
      `${experiment.id}: there is no preset ${JSON.stringify(preset)}. Choose one of ${names}.`,
    );
  }
  return experiment.presets[preset as PresetName];
}

function mergeTrees(
  base: Readonly<Record<string, unknown>>,
  above: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(above)) {
    const below = merged[key];
    merged[key] = isPlainObject(below) && isPlainObject(value) ? mergeTrees(below, value) : value;
  }
  return merged;
}

type Issue = z.core.$ZodIssue;

function explain(
  issue: Issue,
  given: Readonly<Record<string, unknown>>,
  fields: readonly ConfigField[],
): string[] {
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => unknownField([...path, key].join('.'), fields));
  }
  const name = path.join('.') || 'configuration';
  const entry = path.findIndex((part) => /^\d+$/.test(part));
  const owner = (entry < 0 ? path : path.slice(0, entry)).join('.');
  const field = fields.find((candidate) => candidate.name === owner);
  const rule = field ? `must be ${entry < 0 ? field.allowed : field.each}` : issue.message;
  const help = field ? ` (${field.description})` : '';
  return [`${name} ${rule}, got ${shorten(valueAt(given, path))}.${help}`];
}

function unknownField(name: string, fields: readonly ConfigField[]): string {
  const names = fields.map((field) => field.name);
  const guess = closest(name, names);
  return `there is no setting ${JSON.stringify(name)}. ${guess ? `Did you mean ${guess}?` : `Known: ${names.join(', ')}.`}`;
}

function valueAt(tree: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((node, key) => (node as Record<string, unknown> | undefined)?.[key], tree);
}

function shorten(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
