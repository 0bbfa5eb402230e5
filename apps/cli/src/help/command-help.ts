import { rangeOf } from '../parse/check-option.ts';
import type { CommandSpec } from '../spec/command-spec.ts';
import { globalOptions } from '../spec/global-options.ts';
import type { OptionSpec, OptionTable } from '../spec/option-spec.ts';
import type { Style } from '../terminal/style.ts';
import { wrap } from '../terminal/wrap.ts';

const WIDTH = 100;
const COLUMN = 34;

/** The page that `spinformer <command> --help` prints. */
export function commandHelp(spec: CommandSpec, style: Style): string {
  const usage = spec.positionals.map(({ name, required }) => (required ? name : `[${name}]`));
  const sections = [
    `${style.bold('Usage:')} spinformer ${[spec.name, ...usage, '[options]'].join(' ')}`,
    ...spec.description.split('\n\n').map((paragraph) => wrap(paragraph.replace(/\s+/g, ' '), WIDTH)),
    ...positionalSection(spec, style),
    ...optionSections(spec.options, style),
    exampleSection(spec, style),
    ...optionSections(globalOptions, style),
  ];
  return sections.join('\n\n');
}

function positionalSection(spec: CommandSpec, style: Style): string[] {
  if (spec.positionals.length === 0) return [];
  return [
    [
      style.bold('Arguments:'),
      ...spec.positionals.map(({ name, description }) => row(name, description)),
    ].join('\n'),
  ];
}

function optionSections(table: OptionTable, style: Style): string[] {
  const groups = new Map<string, string[]>();
  for (const [name, spec] of Object.entries(table)) {
    const group = spec.group ?? 'Options';
    groups.set(group, [...(groups.get(group) ?? []), row(optionHead(name, spec), optionText(spec))]);
  }
  return [...groups].map(([group, rows]) => [style.bold(`${group}:`), ...rows].join('\n'));
}

function exampleSection(spec: CommandSpec, style: Style): string {
  const rows = spec.examples.map(({ command, explains }) => `  ${style.cyan(command)}\n      ${explains}`);
  return [style.bold('Examples:'), ...rows].join('\n');
}

function optionHead(name: string, spec: OptionSpec): string {
  const short = spec.short ? `-${spec.short}, ` : '';
  const value =
    spec.type === 'boolean' ? '' : ` ${spec.choices ? spec.choices.join('|') : (spec.value ?? 'VALUE')}`;
  return `${short}--${name}${value}`;
}

function optionText(spec: OptionSpec): string {
  const fallback = spec.defaultText ?? (spec.default === undefined ? undefined : String(spec.default));
  const isNumber = spec.type === 'number' || spec.type === 'integer';
  const notes = [
    ...(isNumber ? [rangeOf(spec)] : []),
    ...(fallback === undefined || spec.type === 'boolean' ? [] : [`default ${fallback}`]),
  ];
  return notes.length === 0 ? spec.description : `${spec.description} [${notes.join('; ')}]`;
}

function row(head: string, text: string): string {
  const body = wrap(text, WIDTH - COLUMN, ' '.repeat(COLUMN));
  return head.length + 4 > COLUMN
    ? `  ${head}\n${' '.repeat(COLUMN)}${body}`
    : `  ${head.padEnd(COLUMN - 2)}${body}`;
}
