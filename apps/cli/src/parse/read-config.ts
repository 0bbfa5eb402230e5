import { readFileSync } from 'node:fs';
import { UsageError } from '../errors/usage-error.ts';
import { readStandardInput } from '../run/read-standard-input.ts';

/** A configuration file: what an earlier run wrote as config.json, or one written by hand. */
export interface FileConfig {
  readonly command?: string;
  readonly positionals?: Readonly<Record<string, string>>;
  readonly options?: Readonly<Record<string, unknown>>;
  /** Entries of the experiment's own configuration, for `run`. */
  readonly experiment?: Readonly<Record<string, unknown>>;
}

const parts = ['schema', 'command', 'positionals', 'options', 'experiment', 'input'];

/**
 * Reads a configuration file, `-` meaning standard input.
 * @throws {UsageError} when it is not there, no JSON, or belongs to another command.
 */
export async function readConfig(path: string, command: string): Promise<FileConfig> {
  const config = parseJson(path, await readText(path));
  const unknown = Object.keys(config).find((key) => !parts.includes(key));
  if (unknown)
    throw new UsageError(
      `--config ${path}: unknown entry ${unknown}. Put options under "options": {"${unknown}": …}.`,
    );
  if (config.command !== undefined && config.command !== command)
    throw new UsageError(
      `--config ${path} belongs to spinformer ${config.command}, not to spinformer ${command}.`,
    );
  return config;
}

async function readText(path: string): Promise<string> {
  try {
    return path === '-'
      ? Buffer.from(await readStandardInput()).toString('utf8')
      : readFileSync(path, 'utf8');
  } catch (cause) {
    throw new UsageError(`--config ${path} cannot be read: ${(cause as Error).message}.`, { cause });
  }
}

function parseJson(path: string, text: string): FileConfig {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new UsageError(`--config ${path} is no JSON: ${(cause as Error).message}.`, { cause });
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as FileConfig;
  throw new UsageError(
    `--config ${path} must hold a JSON object, got ${JSON.stringify(value).slice(0, 40)}.`,
  );
}
