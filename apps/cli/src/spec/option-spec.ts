/** One option of a command, declared once: parsing, checking, `--help` and the types of handlers follow from it. */
export interface OptionSpec {
  readonly type: 'string' | 'number' | 'integer' | 'boolean';
  readonly description: string;
  /** Under which heading `--help` prints it; default `Options`. */
  readonly group?: string;
  /** What stands for the value in `--help`: FILE, NAME, X. */
  readonly value?: string;
  readonly default?: string | number | boolean;
  /** How the default reads where it is computed: `all cores`. */
  readonly defaultText?: string;
  readonly choices?: readonly string[];
  /** Words that a number may be instead: `auto`. */
  readonly words?: readonly string[];
  /** Smallest allowed number. */
  readonly minimum?: number;
  /** Largest allowed number. */
  readonly maximum?: number;
  /** The minimum itself is not allowed. */
  readonly exclusive?: boolean;
  /** May be given several times; handlers see an array. */
  readonly many?: boolean;
  /** One letter: `-o`. */
  readonly short?: string;
}

/** Options by their names on the command line (kebab-case, without dashes). */
export type OptionTable = Readonly<Record<string, OptionSpec>>;

type Camel<Name extends string> = Name extends `${infer Head}-${infer Tail}`
  ? `${Head}${Capitalize<Camel<Tail>>}`
  : Name;

type Words<Spec extends OptionSpec> = Spec extends { readonly words: readonly (infer Word extends string)[] }
  ? Word
  : never;

type Single<Spec extends OptionSpec> = Spec['type'] extends 'number' | 'integer'
  ? number | Words<Spec>
  : Spec['type'] extends 'boolean'
    ? boolean
    : Spec extends { readonly choices: readonly (infer Choice extends string)[] }
      ? Choice
      : string;

type Value<Spec extends OptionSpec> = Spec extends { readonly many: true }
  ? readonly Single<Spec>[]
  : Spec extends { readonly default: string | number | boolean } | { readonly type: 'boolean' }
    ? Single<Spec>
    : Single<Spec> | undefined;

/** What a handler receives for a table of options: camelCase names, values of their declared types. */
export type OptionValues<Table extends OptionTable> = {
  readonly [Name in keyof Table & string as Camel<Name>]: Value<Table[Name]>;
};

/** `coupling-penalty` → `couplingPenalty`. */
export function camelCase(name: string): string {
  return name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** `couplingPenalty` → `coupling-penalty`. */
export function kebabCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
