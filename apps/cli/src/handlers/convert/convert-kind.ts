import { existsSync, statSync } from 'node:fs';
import { UsageError } from '../../errors/usage-error.ts';

/** What a format holds. */
export type ConvertKind = 'model' | 'alignment' | 'table';

const ALIGNMENTS = ['fasta', 'a2m', 'a3m', 'stockholm', 'aln'];
const TABLES = ['table', 'csv', 'tsv', 'parquet'];

export function kindOf(format: string): ConvertKind {
  if (ALIGNMENTS.includes(format)) return 'alignment';
  return TABLES.includes(format) ? 'table' : 'model';
}

/** Formats by the endings of names, longest ending first. */
const ENDINGS: readonly (readonly [string, string])[] = [
  ['.v1.params', 'plmc-v1'],
  ['.arrays.safetensors', 'safetensors'],
  ['.adabmdca-numbers.dat', 'adabmdca-numbers'],
  ['.params', 'plmc'],
  ['.safetensors', 'spinformer'],
  ['.npz', 'npz'],
  ['.raw', 'ccmpred'],
  ['.braw', 'ccmpred-msgpack'],
  ['.dat', 'adabmdca'],
  ['.mrf', 'gremlin'],
  ['.fasta', 'fasta'],
  ['.faa', 'fasta'],
  ['.fa', 'fasta'],
  ['.fas', 'fasta'],
  ['.a2m', 'a2m'],
  ['.a3m', 'a3m'],
  ['.sto', 'stockholm'],
  ['.stk', 'stockholm'],
  ['.stockholm', 'stockholm'],
  ['.aln', 'aln'],
  ['.couplings', 'table'],
  ['.ec', 'table'],
  ['.csv', 'csv'],
  ['.tsv', 'tsv'],
  ['.parquet', 'parquet'],
];

/** The format that a file's name tells; undefined where it tells none. */
export function formatOfName(name: string): string | undefined {
  const plain = name.toLowerCase().replace(/\.gz$/, '');
  return ENDINGS.find(([ending]) => plain.endsWith(ending))?.[1];
}

/** Whether a word names a file that is there, and no run. */
export function isFile(name: string): boolean {
  return existsSync(name) && statSync(name).isFile();
}

/**
 * The format to write.
 * @throws {UsageError} when OUT's ending tells none
 */
export function targetFormat(out: string, to: string | undefined): string {
  const format = to ?? formatOfName(out);
  if (format === undefined)
    throw new UsageError(
      `the ending of ${out} tells no format. Name it with --to, see potts convert --help.`,
    );
  return format;
}
