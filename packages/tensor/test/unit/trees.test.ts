import { describe, expect, it } from 'vitest';
import {
  cpu,
  flattenTree,
  mapTree,
  mul,
  readSync,
  tensor,
  treeFromPlain,
  treeLeaves,
  treeSize,
  treeToPlain,
  unflattenTree,
  useBackend,
} from '../../src/index.ts';

useBackend(cpu());
const tree = () => ({
  layers: [{ w: tensor([1, 2, 3, 4], [2, 2]) }, { w: tensor(Float64Array.from([5])) }],
  step: 3,
  name: 'x',
  at: tensor(Int32Array.from([7])),
});

describe('parameter trees', () => {
  it('list their tensors in the order in which they were written', () => {
    expect(treeLeaves(tree()).map((leaf) => leaf.size)).toEqual([4, 1, 1]);
    expect(treeSize(tree())).toBe(6);
    expect([...flattenTree(tree())]).toEqual([1, 2, 3, 4, 5, 7]);
  });
  it('are mapped with the path of each tensor', () => {
    const paths: string[] = [];
    const mapped = mapTree(tree(), (leaf, path) => {
      paths.push(path);
      return leaf.dtype === 'int32' ? leaf : mul(leaf, 2);
    });
    expect(paths).toEqual(['layers.0.w', 'layers.1.w', 'at']);
    expect([...flattenTree(mapped)]).toEqual([2, 4, 6, 8, 10, 7]);
    expect(mapped.name).toBe('x');
  });
  it('take their numbers back from a vector', () => {
    const back = unflattenTree(Float64Array.from([6, 5, 4, 3, 2, 1]), tree());
    expect(back.layers[0].w).toMatchObject({ shape: [2, 2], dtype: 'float32' });
    expect(back.layers[1].w.dtype).toBe('float64');
    expect([...flattenTree(back)]).toEqual([6, 5, 4, 3, 2, 1]);
  });
  it('go through plain data bit for bit', () => {
    const odd = { a: tensor([Number.NaN, -0, 1e-45, Infinity]), none: null, flags: [true, 'text', 2] };
    const back = treeFromPlain<typeof odd>(structuredClone(treeToPlain(odd)));
    expect(readSync(back.a)).toEqual(readSync(odd.a));
    expect(back.flags).toEqual(odd.flags);
    expect(back.none).toBeNull();
  });
});
