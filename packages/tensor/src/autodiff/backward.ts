import { closeFrame, type Frame, openFrame } from '../memory/frame.ts';
import { binary } from '../primitives/elementwise.ts';
import type { Tensor } from '../tensor.ts';
import type { Cotangents } from './rule.ts';
import type { Tape, TapeNode } from './tape.ts';

/** Turns a node's cotangent into its parents', which it adds to theirs. */
export type Pull = (node: TapeNode, g: Tensor, wants: readonly boolean[]) => Cotangents;

/**
 * Walks the tape backwards from `root` with cotangent `seed`, which it takes over. Cotangents of leaves are left in
 * their nodes. What a step has consumed is freed before the next one.
 */
export function walkBack(tape: Tape, root: TapeNode, seed: Tensor, pull: Pull): void {
  const frame = openFrame();
  try {
    accumulate(root, seed, frame);
    for (let k = tape.nodes.length - 1; k >= 0; k--) {
      const node = tape.nodes[k];
      const g = node.cotangent;
      if (g !== null) {
        node.cotangent = null;
        const { wants } = node;
        const cotangents = pull(node, g, wants);
        for (let p = 0; p < cotangents.length; p++) {
          const cotangent = cotangents[p];
          if (cotangent !== null && wants[p]) accumulate(node.parents[p]!, cotangent, frame);
        }
        g.dispose();
      }
      node.release();
      frame.clear();
    }
  } finally {
    closeFrame(frame);
  }
}

function accumulate(node: TapeNode, cotangent: Tensor, frame: Frame): void {
  const former = node.cotangent;
  const total = former === null ? cotangent : binary('add', former, cotangent, former.shape);
  former?.dispose();
  // The node owns its cotangent; everything else in the frame goes when the step is over.
  if (total.frame === frame) total.frame = null;
  node.cotangent = total;
}
