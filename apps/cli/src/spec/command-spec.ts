import type { CommandContext } from './command-context.ts';
import type { OptionTable } from './option-spec.ts';

/** A word after the command: `FILE` in `potts infer FILE`. */
export interface PositionalSpec {
  readonly name: string;
  readonly description: string;
  readonly required?: boolean;
}

/** Does the work of a command; what it resolves to is the exit code. */
export type CommandHandler = (context: CommandContext) => Promise<number>;

/** A command as data: everything but the work itself, which is loaded only when it is asked for. */
export interface CommandSpec {
  /** As typed: `potts infer`. */
  readonly name: string;
  /** One line of the overview. */
  readonly summary: string;
  /** A paragraph or two at the top of its `--help`. */
  readonly description: string;
  readonly positionals: readonly PositionalSpec[];
  readonly options: OptionTable;
  readonly examples: readonly { readonly command: string; readonly explains: string }[];
  /** --set changes the configuration of experiments, not options. */
  readonly setsExperiment?: boolean;
  /** Said at once, before the work is loaded: what is being done. */
  readonly announce?: (context: CommandContext) => string;
  readonly load: () => Promise<CommandHandler>;
}
