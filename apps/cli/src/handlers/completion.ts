import { commands } from '../commands.ts';
import { EXIT } from '../errors/exit-codes.ts';
import { UsageError } from '../errors/usage-error.ts';
import { suggest } from '../parse/suggest.ts';
import type { CommandContext } from '../spec/command-context.ts';
import { globalOptions } from '../spec/global-options.ts';

/** `completion`. */
export async function runCompletion(context: CommandContext): Promise<number> {
  const shell = String(context.positionals.SHELL);
  const script = scripts[shell];
  if (!script) {
    const near = suggest(shell, Object.keys(scripts));
    throw new UsageError(
      `SHELL must be bash, zsh or fish, got ${shell}.${near ? ` Did you mean ${near}?` : ''}`,
    );
  }
  context.terminal.data(script());
  return EXIT.done;
}

/** What may follow which words: `potts` → its verbs, `potts infer` → its options. */
function words(): ReadonlyMap<string, readonly string[]> {
  const next = new Map<string, string[]>();
  const add = (before: string, word: string) => {
    const list = next.get(before) ?? [];
    if (!list.includes(word)) next.set(before, [...list, word]);
  };
  for (const { name, options } of commands) {
    const parts = name.split(' ');
    for (const [k, part] of parts.entries()) add(parts.slice(0, k).join(' '), part);
    for (const option of Object.keys({ ...options, ...globalOptions })) add(name, `--${option}`);
  }
  return next;
}

function bash(): string {
  const cases = [...words()].map(([before, list]) => `    "${before}") list="${list.join(' ')}" ;;`);
  return `_spinformer() {
  local current="\${COMP_WORDS[COMP_CWORD]}" key="" word list=""
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    [[ $word == -* ]] && break
    [[ -z $key ]] && key="$word" || { case "$key" in potts|attention|runs) key="$key $word" ;; esac; }
  done
  case "$key" in
${cases.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$list" -- "$current"))
  [[ \${#COMPREPLY[@]} -eq 0 ]] && COMPREPLY=($(compgen -f -- "$current"))
}
complete -o filenames -F _spinformer spinformer`;
}

function zsh(): string {
  return `autoload -U +X bashcompinit && bashcompinit\n${bash()}`;
}

function fish(): string {
  const lines = ['complete -c spinformer -n __fish_use_subcommand -f'];
  const quote = (text: string) => `'${text.replaceAll("'", "\\'")}'`;
  for (const { name, summary, options } of commands) {
    const [noun, verb] = name.split(' ');
    const isNoun = verb ? `'__fish_seen_subcommand_from ${noun}'` : '__fish_use_subcommand';
    if (verb) lines.push(`complete -c spinformer -n __fish_use_subcommand -a ${noun}`);
    lines.push(`complete -c spinformer -n ${isNoun} -a ${verb ?? noun} -d ${quote(summary)}`);
    for (const [option, spec] of Object.entries(options))
      lines.push(
        `complete -c spinformer -n '__fish_seen_subcommand_from ${verb ?? noun}' -l ${option} -d ${quote(spec.description)}`,
      );
  }
  for (const [option, spec] of Object.entries(globalOptions))
    lines.push(`complete -c spinformer -l ${option} -d ${quote(spec.description)}`);
  return [...new Set(lines)].join('\n');
}

const scripts: Readonly<Record<string, () => string>> = { bash, zsh, fish };
