import { z } from 'zod';

const count = (low: number, high: number) => z.int().min(low).max(high);

/** Settings of the study of a family of sequences. */
export const familyConfig = z.strictObject({
  alignment: z
    .string()
    .optional()
    .describe(
      'text of the alignment (FASTA, A2M, A3M, Stockholm or plain); without it a synthetic RNA hairpin family',
    ),
  structure: z
    .string()
    .optional()
    .describe('text of a structure (PDB or mmCIF) to compare the contacts with'),
  chain: z.string().optional().describe('chain of the structure; the best match without it'),
  alphabet: z
    .enum(['auto', 'protein', 'rna', 'dna', 'binary'])
    .default('auto')
    .describe('letters of the sequences'),
  focus: z.string().optional().describe('name of the sequence whose upper-case columns are kept'),
  gaps: z
    .enum(['ignore', 'state'])
    .default('ignore')
    .describe('whether a gap is missing data or one more letter'),
  identity: z
    .number()
    .min(0)
    .max(1)
    .default(0.8)
    .describe('sequences at least this similar share one weight, fraction of identical columns'),
  method: z
    .enum(['plm-asymmetric', 'plm'])
    .default('plm-asymmetric')
    .describe('pseudo-likelihood site by site, or of all sites at once with symmetric couplings'),
  fieldPenalty: z
    .number()
    .min(0)
    .max(1e6)
    .default(0.01)
    .describe('ridge on fields, nats on the scale of the summed log-likelihood of effective sequences'),
  couplingPenalty: z
    .number()
    .min(0)
    .max(1e6)
    .optional()
    .describe(
      'ridge on couplings, on the same scale; without it 0.1 (sites − 1), or half of it for plm-asymmetric, which pays for both directions',
    ),
  iterations: count(1, 10_000).default(60).describe('most iterations of L-BFGS'),
  minimumSeparation: count(1, 1000)
    .default(6)
    .describe('leave out pairs that are closer along the chain, sites'),
  contact: z
    .enum(['cb8', 'heavy5', 'heavy8'])
    .default('cb8')
    .describe('when residues touch: Cβ atoms closer than 8 Å, or any heavy atoms closer than 5 or 8 Å'),
  contacts: count(1, 10_000).default(20).describe('strongest contacts to list'),
  heads: count(0, 128).default(8).describe('heads of the attention layer; 0 leaves it out'),
  steps: count(0, 1_000_000).default(300).describe('steps of Adam'),
  batch: count(1, 100_000).default(64).describe('sequences per step of Adam'),
  learningRate: z.number().min(1e-6).max(1).default(0.02).describe('step size of Adam at the start'),
});

/** Settings of the study of a family of sequences. */
export type FamilyConfig = z.infer<typeof familyConfig>;
