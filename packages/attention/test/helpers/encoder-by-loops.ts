import { readSync, type Tensor } from '@spinformer/tensor';
import type { EncoderParameters, EncoderShape } from '../../src/standard-encoder.ts';

type Matrix = number[][];

/** A tensor [rows, columns] as nested arrays, or [n] as one row. */
function rows(x: Tensor): Matrix {
  const flat = Array.from(readSync(x));
  const columns = x.shape.at(-1)!;
  return Array.from({ length: flat.length / columns }, (_, r) => flat.slice(r * columns, (r + 1) * columns));
}

function linear(x: Matrix, weight: Tensor, bias: Tensor): Matrix {
  const w = rows(weight);
  const [b] = rows(bias);
  return x.map((row) => b.map((start, n) => row.reduce((sum, value, k) => sum + value * w[k][n], start)));
}

function norm(x: Matrix, { gain, bias }: { gain: Tensor; bias: Tensor }): Matrix {
  const [g] = rows(gain);
  const [b] = rows(bias);
  return x.map((row) => {
    const mean = row.reduce((s, v) => s + v, 0) / row.length;
    const variance = row.reduce((s, v) => s + (v - mean) ** 2, 0) / row.length;
    return row.map((v, k) => ((v - mean) / Math.sqrt(variance + 1e-5)) * g[k] + b[k]);
  });
}

function activate(x: number, kind: 'relu' | 'gelu'): number {
  if (kind === 'relu') return Math.max(0, x);
  return 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)));
}

function attend(q: Matrix, k: Matrix, v: Matrix, heads: number): Matrix {
  const width = q[0].length / heads;
  const out = q.map((row) => row.map(() => 0));
  for (let h = 0; h < heads; h++) {
    for (let i = 0; i < q.length; i++) {
      const scores = k.map((key) => {
        let dot = 0;
        for (let c = h * width; c < (h + 1) * width; c++) dot += q[i][c] * key[c];
        return Math.exp(dot / Math.sqrt(width));
      });
      const total = scores.reduce((s, x) => s + x, 0);
      for (let c = h * width; c < (h + 1) * width; c++) {
        out[i][c] = scores.reduce((sum, p, j) => sum + (p / total) * v[j][c], 0);
      }
    }
  }
  return out;
}

const plus = (x: Matrix, y: Matrix) => x.map((row, r) => row.map((value, c) => value + y[r][c]));

/** Logits [sites][states] of one sequence, the textbook encoder in plain float64 loops. */
export function encoderByLoops(shape: EncoderShape, p: EncoderParameters, tokens: readonly number[]): Matrix {
  const embedding = rows(p.tokens);
  const positions = rows(p.positions);
  let stream = tokens.map((s, i) => embedding[s + 1].map((x, c) => x + positions[i][c]));
  for (const block of p.blocks) {
    const seen = norm(stream, block.attentionNorm);
    const project = (d: { weight: Tensor; bias: Tensor }) => linear(seen, d.weight, d.bias);
    const mixed = attend(project(block.query), project(block.key), project(block.value), shape.heads);
    stream = plus(stream, linear(mixed, block.output.weight, block.output.bias));
    const inner = linear(norm(stream, block.feedNorm), block.expand.weight, block.expand.bias);
    const active = inner.map((row) => row.map((x) => activate(x, shape.activation)));
    stream = plus(stream, linear(active, block.contract.weight, block.contract.bias));
  }
  return linear(norm(stream, p.norm), p.head.weight, p.head.bias);
}
