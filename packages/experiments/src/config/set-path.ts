import { ConfigError } from '@spinformer/numerics';

/** One `a.b=v` as a person types it behind `--set`. */
export interface Assignment {
  readonly path: readonly string[];
  readonly value: unknown;
}

/**
 * Reads `key=value`, `outer.inner=value` or `sizes=100,300`.
 *
 * The value is JSON where it is JSON (`3`, `true`, `[1,2]`), a list where it is numbers with commas between, and
 * text otherwise, so that nothing needs quotes in a shell.
 *
 * @param text the assignment
 * @returns the path and the value
 * @throws {ConfigError} without a `=` or with an empty part in the path
 * @example
 * parseAssignment('training.steps=200'); // { path: ['training', 'steps'], value: 200 }
 */
export function parseAssignment(text: string): Assignment {
  const cut = text.indexOf('=');
  const path = cut < 0 ? [] : text.slice(0, cut).trim().split('.');
  if (path.length === 0 || path.some((part) => part === '')) {
    throw new ConfigError(`set: expected key=value or outer.inner=value, got ${JSON.stringify(text)}.`);
  }
  return { path, value: parseValue(text.slice(cut + 1).trim()) };
}

/**
 * A copy of a tree of plain objects with one value put at a path; objects on the way are made where they are missing.
 *
 * @param tree what to start from; left as it is
 * @param path the keys from the root
 * @param value what to put there
 * @returns the new tree
 * @throws {ConfigError} where the path runs through something that is no object
 */
export function setPath(
  tree: Readonly<Record<string, unknown>>,
  path: readonly string[],
  value: unknown,
): Record<string, unknown> {
  const [key, ...rest] = path;
  if (key === undefined || FORBIDDEN.has(key)) {
    throw new ConfigError(`set: ${JSON.stringify(path.join('.'))} is no path to a setting.`);
  }
  if (rest.length === 0) return { ...tree, [key]: value };
  const inner = Object.hasOwn(tree, key) ? tree[key] : {};
  if (!isPlainObject(inner)) {
    throw new ConfigError(`set: ${key} is ${JSON.stringify(inner)}, it has no field ${rest.join('.')}.`);
  }
  return { ...tree, [key]: setPath(inner, rest, value) };
}

/** Whether a value is an object literal: neither null nor an array nor a typed array. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);
const NUMBER_LIST = /^-?[\d.]+(e[-+]?\d+)?(,-?[\d.]+(e[-+]?\d+)?)+$/i;

function parseValue(text: string): unknown {
  if (NUMBER_LIST.test(text)) return text.split(',').map(Number);
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
