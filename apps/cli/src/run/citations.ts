import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { RunDirectory } from './run-directory.ts';

/** One entry of CITATIONS.bib. */
export interface BibEntry {
  readonly key: string;
  /** The entry as it stands in the file. */
  readonly source: string;
  /** Lower-case names, values without braces. */
  readonly fields: Readonly<Record<string, string>>;
}

/** In the published package beside dist, in a clone at its root. */
const places = ['../../CITATIONS.bib', '../../../../CITATIONS.bib'];

/** All entries of the project's CITATIONS.bib, by key. */
export function bibliography(): ReadonlyMap<string, BibEntry> {
  const path = places
    .map((place) => fileURLToPath(new URL(place, import.meta.url)))
    .find((file) => existsSync(file));
  return new Map((path ? parseBibTex(readFileSync(path, 'utf8')) : []).map((entry) => [entry.key, entry]));
}

/** Entries of a BibTeX text, in order; comments and what stands between entries are skipped. */
function parseBibTex(text: string): BibEntry[] {
  const entries: BibEntry[] = [];
  for (const match of text.matchAll(/^@(\w+)\s*\{\s*([^,\s]+)\s*,/gm)) {
    if (/^(comment|string|preamble)$/i.test(match[1])) continue;
    const source = text.slice(match.index, closingBrace(text, match.index));
    entries.push({ key: match[2], source, fields: parseFields(source.slice(match[0].length, -1)) });
  }
  return entries;
}

/** Combining marks of LaTeX's accents. */
const ACCENTS: Readonly<Record<string, string>> = {
  '"': '\u0308',
  "'": '\u0301',
  '`': '\u0300',
  '^': '\u0302',
  '~': '\u0303',
  '=': '\u0304',
  '.': '\u0307',
  c: '\u0327',
  v: '\u030c',
  u: '\u0306',
  H: '\u030b',
  k: '\u0328',
};

const LETTERS: Readonly<Record<string, string>> = {
  o: 'ø',
  O: 'Ø',
  l: 'ł',
  L: 'Ł',
  ss: 'ß',
  ae: 'æ',
  AE: 'Æ',
  aa: 'å',
  AA: 'Å',
};

function closingBrace(text: string, from: number): number {
  let depth = 0;
  for (let at = text.indexOf('{', from); at < text.length; at++) {
    if (text[at] === '{') depth++;
    else if (text[at] === '}' && --depth === 0) return at + 1;
  }
  return text.length;
}

function parseFields(body: string): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const match of body.matchAll(/(\w+)\s*=\s*(\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}|"[^"]*"|\d+)/g))
    fields[match[1].toLowerCase()] = match[2]
      .replace(/^[{"]|[}"]$/g, '')
      .replace(/\\(["'`^~=.cvuHk])\s*\{?\\?([A-Za-z])\}?/g, (_, accent: string, letter: string) =>
        `${letter}${ACCENTS[accent] ?? ''}`.normalize('NFC'),
      )
      .replace(/\\([oOlL]|ss|ae|AE|aa|AA)(?![A-Za-z])\s*/g, (_, name: string) => LETTERS[name] ?? name)
      .replace(/\\([&%_#$])/g, '$1')
      .replace(/[{}]/g, '')
      .replace(/\s+/g, ' ')
      .replace(/--/g, '–');
  return fields;
}

/** An entry as a line of a reference list. */
export function formatReference({ fields }: BibEntry): string {
  const where = fields.journal ?? fields.booktitle ?? fields.publisher ?? fields.howpublished ?? '';
  const volume = [fields.volume, fields.pages].filter(Boolean).join(', ');
  const parts = [
    fields.author?.replaceAll(' and ', '; '),
    fields.title,
    [where, volume].filter(Boolean).join(' '),
  ];
  return `${parts.filter(Boolean).join('. ')}${fields.year ? ` (${fields.year})` : ''}.`;
}

/** Writes CITE.bib: what to cite when this run is published. */
export function writeCitations(run: RunDirectory, keys: readonly string[]): void {
  const known = bibliography();
  const entries = [...new Set(keys)].map(
    (key) => known.get(key)?.source ?? `% ${key}: not in this version's bibliography`,
  );
  run.write('CITE.bib', `${entries.join('\n\n')}\n`);
}
