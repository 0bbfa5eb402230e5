import type { KernelTable, Operand } from '../../backend.ts';
import { attentionKernels as embedded } from '../../generated/attention.ts';
import { sizeOf } from '../../shape.ts';
import { BYTES, roundUp, slices, suffix, type WasmMemory } from './memory.ts';

/** Multiplications of a chunk. */
const CHUNK = 1 << 18;

/** Sizes of an attention, padded ones as in kernels/attention.ts, and how many (batch, head) pairs make a chunk. */
function sizesOf(q: Operand) {
  const [batch, sites, heads, width] = q.shape;
  const tile = 32 / BYTES[q.dtype];
  const pairs = sites * width === 0 ? 0 : batch * heads;
  const [height, line, wide] = [roundUp(sites, 4), roundUp(sites, tile), roundUp(width, tile)];
  const band = Math.max(1, Math.floor(CHUNK / Math.max(1, height * line * wide)));
  return { batch, sites, heads, width, pairs, height, line, wide, band };
}

/** Scaled dot-product attention, forwards and backwards. */
export function attentionKernels(memory: WasmMemory): Pick<KernelTable, 'attention' | 'attentionGrad'> {
  return {
    attention(q, k, v, mask, scale) {
      const { batch, sites, heads, width, pairs, height, line, wide, band } = sizesOf(q);
      const out = memory.create(sizeOf(q.shape), q.dtype);
      const probabilities = memory.create(batch * heads * sites * sites, q.dtype);
      const args = [q, k, v].map((operand) => memory.address(operand));
      args.push(mask ? memory.address(mask) : 0, out.pointer, probabilities.pointer);
      args.push(pairs, sites, heads, width, scale, band);
      const scratch = (height * (line + 3 * wide) + width * line) * BYTES[q.dtype];
      memory.run(embedded, `attention${suffix(q.dtype)}`, slices(pairs, band), args, scratch + 32);
      return { out, probabilities };
    },
    attentionGrad(q, k, v, probabilities, g, scale) {
      const { sites, heads, width, pairs, height, line, wide, band } = sizesOf(q);
      const [dq, dk, dv] = [0, 1, 2].map(() => memory.create(sizeOf(q.shape), q.dtype));
      const args = [q, k, v, probabilities, g].map((operand) => memory.address(operand));
      args.push(dq.pointer, dk.pointer, dv.pointer, pairs, sites, heads, width, scale, band);
      const scratch = (height * (2 * line + 4 * wide) + width * line) * BYTES[q.dtype];
      memory.run(embedded, `attentionGrad${suffix(q.dtype)}`, slices(pairs, band), args, scratch + 32);
      return { dq, dk, dv };
    },
  };
}
