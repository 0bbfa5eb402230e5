import type { BinaryOp, KernelTable, Operand, UnaryOp } from '../../backend.ts';
import { binaryKernels } from '../../generated/binary.ts';
import { fusedKernels } from '../../generated/fused.ts';
import { unaryKernels } from '../../generated/unary.ts';
import { broadcastStrides, sizeOf } from '../../shape.ts';
import { BYTES, slices, suffix, type WasmMemory } from './memory.ts';
import { broadcastTo } from './movement.ts';
import { collapse, padded, product } from './strides.ts';

/** The order in which kernels/unary.ts numbers the operations. */
const UNARY: readonly UnaryOp[] = [
  ...(['neg', 'abs', 'sign', 'square', 'sqrt', 'reciprocal', 'exp', 'log', 'tanh', 'sigmoid'] as const),
  ...(['relu', 'gelu', 'softplus', 'sin', 'cos', 'logCosh'] as const),
];
/** The order in which kernels/binary.ts numbers the operations. */
const BINARY: readonly BinaryOp[] = [
  ...(['add', 'sub', 'mul', 'div', 'maximum', 'minimum', 'pow', 'equal', 'greater'] as const),
];
/** Numbers in a chunk of work that moves memory, and of work that computes. */
const MOVING = 65536;
const COMPUTING = 16384;
/** Outer axes that the kernels can walk. */
const MAXIMUM_AXES = 6;

type Names = 'fill' | 'cast' | 'unary' | 'unaryGrad' | 'binary' | 'where' | 'adam';

/** Kernels that go number by number. */
export function elementwiseKernels(memory: WasmMemory): Pick<KernelTable, Names> {
  return {
    fill(length, value, dtype) {
      const out = memory.create(length, dtype);
      const args = [out.pointer, length, MOVING, value];
      memory.run(fusedKernels, `fill${suffix(dtype)}`, slices(length, MOVING), args);
      return out;
    },
    cast: (x, dtype) => cast(memory, x, dtype),
    unary(op, x) {
      const length = sizeOf(x.shape);
      const out = memory.create(length, x.dtype);
      const args = [memory.address(x), out.pointer, length, COMPUTING, UNARY.indexOf(op)];
      memory.run(unaryKernels, `unary${suffix(x.dtype)}`, slices(length, COMPUTING), args);
      return out;
    },
    unaryGrad(op, x, y, g) {
      const length = sizeOf(x.shape);
      const out = memory.create(length, x.dtype);
      const operands = [memory.address(x), memory.address(y), memory.address(g)];
      const args = [...operands, out.pointer, length, COMPUTING, UNARY.indexOf(op)];
      memory.run(unaryKernels, `unaryGrad${suffix(x.dtype)}`, slices(length, COMPUTING), args);
      return out;
    },
    binary: (op, a, b, shape) => binary(memory, op, a, b, shape),
    where: (condition, a, b, shape) => where(memory, condition, a, b, shape),
    adam: (parameter, gradient, m, v, settings) => adam(memory, [parameter, gradient, m, v], settings),
  };
}

function cast(memory: WasmMemory, x: Operand, dtype: Operand['dtype']) {
  if (dtype === x.dtype) return broadcastTo(memory, x, x.shape);
  const length = sizeOf(x.shape);
  const out = memory.create(length, dtype);
  const args = [memory.address(x), out.pointer, length, MOVING];
  memory.run(fusedKernels, `cast${suffix(x.dtype)}${suffix(dtype)}`, slices(length, MOVING), args);
  return out;
}

function binary(memory: WasmMemory, op: BinaryOp, a: Operand, b: Operand, shape: readonly number[]) {
  const walk = collapse(shape, [broadcastStrides(a.shape, shape), broadcastStrides(b.shape, shape)]);
  const out = memory.create(sizeOf(shape), a.dtype);
  const code = BINARY.indexOf(op);
  const axes = walk.shape.length - 1;
  if (axes > MAXIMUM_AXES) return binaryOfCopies(memory, op, a, b, shape, out);
  const size = op === 'pow' ? COMPUTING / 16 : MOVING;
  const pointers = [memory.address(a), memory.address(b), out.pointer, code];
  if (axes < 1) {
    const [sa, sb] = axes === 0 ? walk.strides.map((s) => s[0]) : [1, 1];
    const args = [...pointers, sa, sb, out.length, size];
    memory.run(binaryKernels, `binaryFlat${suffix(a.dtype)}`, slices(out.length, size), args);
    return out;
  }
  const inner = walk.shape[axes];
  const rows = product(walk.shape) / Math.max(inner, 1);
  const band = Math.max(1, Math.ceil(size / Math.max(inner, 16)));
  const [sa, sb] = walk.strides;
  const args = [...pointers, sa[axes], sb[axes], inner, rows, band, axes];
  for (const list of [walk.shape, sa, sb]) args.push(...padded(list.slice(0, axes), MAXIMUM_AXES));
  if (out.length > 0) memory.run(binaryKernels, `binaryRows${suffix(a.dtype)}`, slices(rows, band), args);
  return out;
}

/** The rare broadcast of more axes than the kernel walks: of whole copies. */
function binaryOfCopies(
  memory: WasmMemory,
  op: BinaryOp,
  a: Operand,
  b: Operand,
  shape: readonly number[],
  out: ReturnType<WasmMemory['create']>,
) {
  const [x, y] = [broadcastTo(memory, a, shape), broadcastTo(memory, b, shape)];
  const args = [x.pointer, y.pointer, out.pointer, BINARY.indexOf(op), 1, 1, out.length, COMPUTING];
  memory.run(binaryKernels, `binaryFlat${suffix(a.dtype)}`, slices(out.length, COMPUTING), args);
  memory.free(x);
  memory.free(y);
  return out;
}

function where(memory: WasmMemory, condition: Operand, a: Operand, b: Operand, shape: readonly number[]) {
  const operands = [condition, a, b];
  const walk = collapse(
    shape,
    operands.map((x) => broadcastStrides(x.shape, shape)),
  );
  const out = memory.create(sizeOf(shape), a.dtype);
  if (out.length === 0) return out;
  const axes = Math.max(0, walk.shape.length - 1);
  const inner = walk.shape[axes] ?? 1;
  const rows = out.length / inner;
  const band = Math.max(1, Math.ceil(COMPUTING / inner));
  const isFloat = condition.dtype === 'int32' ? 0 : 1;
  const args = [...operands.map((x) => memory.address(x)), out.pointer, isFloat];
  args.push(...walk.strides.map((s) => s[axes] ?? 1), inner, rows, band, axes);
  for (const list of [walk.shape, ...walk.strides]) args.push(...padded(list.slice(0, axes), MAXIMUM_AXES));
  memory.run(fusedKernels, `where${BYTES[condition.dtype]}${BYTES[a.dtype]}`, slices(rows, band), args);
  return out;
}

function adam(
  memory: WasmMemory,
  operands: readonly Operand[],
  settings: Parameters<KernelTable['adam']>[4],
): ReturnType<KernelTable['adam']> {
  const { dtype, shape } = operands[0];
  const length = sizeOf(shape);
  const [parameter, m, v] = [0, 1, 2].map(() => memory.create(length, dtype));
  const args = operands.map((x) => memory.address(x));
  args.push(parameter.pointer, m.pointer, v.pointer, length, COMPUTING, settings.learningRate);
  args.push(settings.beta1, settings.beta2, settings.epsilon, settings.weightDecay);
  args.push(settings.correction1, settings.correction2);
  memory.run(fusedKernels, `adam${suffix(dtype)}`, slices(length, COMPUTING), args);
  return { parameter, m, v };
}
