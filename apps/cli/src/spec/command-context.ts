import type { OpenedRun } from '../run/opened-run.ts';
import type { Terminal } from '../terminal/terminal.ts';
import type { globalOptions } from './global-options.ts';
import type { OptionTable, OptionValues } from './option-spec.ts';

/** Everything a handler may look at: what the person asked for, and where to say things. */
export interface CommandContext {
  /** The command's name, `potts infer`. */
  readonly command: string;
  /** The words after the command, by the names of its positionals. */
  readonly positionals: Readonly<Record<string, string | undefined>>;
  /** Checked values by camelCase name; read them through {@link optionsOf}. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly globals: OptionValues<typeof globalOptions>;
  /** What a configuration file held beside options: the `experiment` part of a `run`. */
  readonly fileConfig: Readonly<Record<string, unknown>>;
  /** The words as typed after `spinformer`. */
  readonly words: readonly string[];
  readonly terminal: Terminal;
  /** The interrupted run that is to be continued; absent for a new one. */
  readonly resume?: OpenedRun;
}

/** The context's options with the types that their table declares. */
export function optionsOf<Table extends OptionTable>(
  context: CommandContext,
  _table: Table,
): OptionValues<Table> {
  return context.options as OptionValues<Table>;
}
