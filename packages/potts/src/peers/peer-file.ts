import type { Ints } from '@spinformer/numerics';
import type { Alignment } from '../alignment.ts';
import type { PottsModel } from '../model.ts';
import type { PottsDescription } from '../model-file.ts';
import type { PlmcParameters } from './plmc-params.ts';

/** The files in which a Potts model with all its parameters travels between programs. */
export const POTTS_FILE_FORMATS = [
  'spinformer',
  'plmc',
  'plmc-v1',
  'ccmpred',
  'ccmpred-msgpack',
  'adabmdca',
  'adabmdca-numbers',
  'gremlin',
  'npz',
  'safetensors',
] as const;

/** Name of a file format for models; the package's README has the table of their conventions. */
export type PottsFileFormat = (typeof POTTS_FILE_FORMATS)[number];

/** What a reader may be told where a file does not tell it. */
export interface PottsFileHints {
  /** Default: what the content shows. */
  readonly format?: PottsFileFormat | 'auto';
  /**
   * `letters[state]`, in the file's order. Needed only by formats without letters, and there only where the number of
   * states does not tell them; where the file has letters they must agree.
   */
  readonly letters?: string;
  /** Refuse a model of another number of sites, as of another alignment. */
  readonly sites?: number;
}

/** A model from a file of this or another program. */
export interface PottsModelReading {
  /** States in the order of the file; E = −Σh − ΣJ, so a positive number is likely. In the gauge of the file. */
  readonly model: PottsModel;
  /** `letters[state]`; absent where neither the file, the hints nor the number of states tell them. */
  readonly letters?: string;
  /** [sites], the residue number of every site as people count, from 1 where the file does not say. */
  readonly offsets: Ints<'sites'>;
  /** What the file says of sites and states; `notes` holds the rest, as texts. */
  readonly description: PottsDescription;
  readonly format: PottsFileFormat;
  /** What a reader should know: letters that were guessed, pairs that the file leaves out. */
  readonly warnings: readonly string[];
  /** Everything else that a file of plmc holds, without which it cannot be written again byte for byte. */
  readonly plmc?: Omit<PlmcParameters, 'model'>;
}

/** What the writers take beside the model. A {@link PottsModelReading} may be passed as it is. */
export interface PottsFileMetadata {
  /** `letters[state]` of the model. Needed by all formats that fix an order of letters or print them. */
  readonly letters?: string;
  /** [sites], residue numbers; default: those of the description's reference, otherwise from 1. */
  readonly offsets?: ArrayLike<number>;
  readonly description?: PottsDescription;
  /** For plmc's files: frequencies, weights and the focus sequence are taken from here… */
  readonly alignment?: Alignment;
  /** …or from here, number by number. */
  readonly plmc?: Partial<Omit<PlmcParameters, 'model'>>;
}
