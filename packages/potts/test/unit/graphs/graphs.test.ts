import { seededRng } from '@spinformer/numerics';
import { describe, expect, it } from 'vitest';
import { energy } from '../../../src/energy.ts';
import { generalizedPotts, toFullModel } from '../../../src/generalized.ts';
import { goeColours } from '../../../src/generalized-couplings.ts';
import { colourClasses } from '../../../src/graphs/colouring.ts';
import { graphToModel, modelToGraph } from '../../../src/graphs/dense-conversion.ts';
import { generalizedToGraph } from '../../../src/graphs/generalized-graph.ts';
import { graphEnergy, magnetization } from '../../../src/graphs/graph-energy.ts';
import { isingGraph, isingLattice, spinsOf } from '../../../src/graphs/ising.ts';
import { hypercubicEdges, triangularEdges } from '../../../src/graphs/lattice-edges.ts';
import { hypercubicLattice, squareLattice, triangularLattice } from '../../../src/graphs/lattices.ts';
import { pottsGraph } from '../../../src/graphs/potts-graph.ts';
import { completeEdges, randomEdges, randomRegularEdges } from '../../../src/graphs/random-graphs.ts';
import { latticePotts } from '../../../src/model-examples.ts';
import { randomModel } from '../../support/random-models.ts';

const randomStates = (length: number, states: number) => {
  const rng = seededRng(1);
  return Int32Array.from({ length }, () => rng.integer(states));
};

const degrees = (sites: number, edges: Int32Array) => {
  const result = new Int32Array(sites);
  for (const site of edges) result[site]++;
  return result;
};

describe('lattices', () => {
  it('have two, four and six neighbours when periodic', () => {
    expect(new Set(degrees(20, hypercubicEdges({ shape: [20] })))).toEqual(new Set([2]));
    expect(new Set(degrees(30, hypercubicEdges({ shape: [5, 6] })))).toEqual(new Set([4]));
    expect(new Set(degrees(60, hypercubicEdges({ shape: [3, 4, 5] })))).toEqual(new Set([6]));
    expect(new Set(degrees(30, triangularEdges({ shape: [5, 6] })))).toEqual(new Set([6]));
  });

  it('may be open on some sides', () => {
    expect(hypercubicEdges({ shape: [3, 4], periodic: false }).length / 2).toBe(2 * 4 + 3 * 3);
    expect(hypercubicEdges({ shape: [3, 4], periodic: [true, false] }).length / 2).toBe(3 * 4 + 3 * 3);
    expect(hypercubicEdges({ shape: [2, 2] }).length / 2).toBe(4);
  });

  it('have the energies of the dense model', () => {
    const options = { shape: [3, 4], states: 3, coupling: 0.7, field: 0.2 };
    const values = randomStates(12 * 20, 3);
    const dense = energy(latticePotts(options), values);
    graphEnergy(hypercubicLattice(options), values).forEach((value, k) => {
      expect(value).toBeCloseTo(dense[k], 12);
    });
  });

  it('of 256 × 256 sites are made and measured at once', () => {
    const graph = squareLattice({ side: 256, states: 3, coupling: 1 });
    expect(graphEnergy(graph, new Int32Array(256 * 256))).toEqual(Float64Array.of(-2 * 256 * 256));
  });

  it('say what is wrong', () => {
    expect(() => hypercubicEdges({ shape: [0, 3] })).toThrow('whole numbers of at least 1');
    expect(() => hypercubicEdges({ shape: [4, 3], periodic: [true] })).toThrow('one a side');
    expect(() => triangularEdges({ shape: [2, 3] })).toThrow('at least 3');
    expect(() => triangularLattice({ shape: [3], states: 2 })).toThrow('two sides');
  });
});

describe('graphs', () => {
  it('with several heads, pair couplings and fields equal their dense models', () => {
    const rng = seededRng(3);
    const edges = randomRegularEdges({ sites: 10, degree: 3, rng });
    const draw = (length: number) => Float64Array.from({ length }, () => rng.normal());
    const colourCouplings = Float64Array.from([...goeColours({ states: 4, rng }), ...draw(16)]);
    const graph = pottsGraph({
      sites: 10,
      states: 4,
      edges,
      coupling: draw(30),
      colourCouplings,
      pairCouplings: draw(15 * 16),
      field: draw(40),
    });
    const values = randomStates(200, 4);
    const expected = energy(graphToModel(graph), values);
    const found = [graphEnergy(graph, values), graphEnergy(modelToGraph(graphToModel(graph)), values)];
    for (const energies of found)
      energies.forEach((value, k) => {
        expect(value).toBeCloseTo(expected[k], 10);
      });
  });

  it('of generalised models equal their full models, whether symmetric or not', () => {
    const rng = seededRng(9);
    const draw = (length: number) => Float64Array.from({ length }, () => rng.normal());
    const siteCouplings = draw(2 * 25).map((value, k) => (k % 3 === 0 ? 0 : value));
    const colourCouplings = Float64Array.from([...goeColours({ states: 3, rng }), ...draw(9)]);
    const parts = { sites: 5, states: 3, heads: 2, siteCouplings, colourCouplings, fields: draw(15) };
    const values = randomStates(50, 3);
    const expected = energy(toFullModel(generalizedPotts(parts)), values);
    graphEnergy(generalizedToGraph(generalizedPotts(parts)), values).forEach((value, k) => {
      expect(value).toBeCloseTo(expected[k], 10);
    });
  });

  it('of dense models have an edge for each coupled pair', () => {
    const model = randomModel(5, 3);
    model.couplings.fill(0, 9, 18);
    model.couplings.fill(0, 5 * 9, 6 * 9);
    expect(modelToGraph(model).edges.length / 2).toBe(9);
    expect(graphToModel(modelToGraph(model))).toEqual(model);
  });

  it('at random have the degrees that were asked for', () => {
    const rng = seededRng(5);
    expect(new Set(degrees(500, randomRegularEdges({ sites: 500, degree: 4, rng })))).toEqual(new Set([4]));
    const edges = randomEdges({ sites: 2000, degree: 6, rng });
    pottsGraph({ sites: 2000, states: 2, edges });
    // 6000 edges expected, standard deviation 77.
    expect(Math.abs(edges.length / 2 - 6000)).toBeLessThan(4 * 77);
    expect(randomEdges({ sites: 6, degree: 5, rng })).toHaveLength(2 * 15);
    expect(completeEdges(6)).toHaveLength(2 * 15);
    expect(() => randomRegularEdges({ sites: 5, degree: 3, rng })).toThrow('even');
  });

  it('are coloured so that no edge joins a class with itself', () => {
    const { edges } = triangularLattice({ shape: [6, 6], states: 2 });
    for (const [sites, list] of [
      [36, edges],
      [64, hypercubicEdges({ shape: [8, 8] })],
    ] as const) {
      const classes = colourClasses({ sites, edges: list });
      const colour = new Int32Array(sites);
      classes.forEach((members, k) => {
        for (const site of members) colour[site] = k;
      });
      expect(classes.reduce((sum, members) => sum + members.length, 0)).toBe(sites);
      for (let e = 0; e < list.length; e += 2) expect(colour[list[e]]).not.toBe(colour[list[e + 1]]);
    }
    expect(colourClasses({ sites: 64, edges: hypercubicEdges({ shape: [8, 8] }) })).toHaveLength(2);
  });

  it('refuse edges that make no sense', () => {
    const edges = (...list: [number, number][]) => pottsGraph({ sites: 3, states: 2, edges: list });
    expect(() => edges([0, 3])).toThrow('edge 0 (0, 3)');
    expect(() => edges([1, 1])).toThrow('two different sites');
    expect(() => edges([0, 1], [1, 0])).toThrow('comes twice');
    expect(() => pottsGraph({ sites: 3, states: 2, edges: [[0, 1]], coupling: [1, 2] })).toThrow(
      'siteCouplings',
    );
  });
});

describe('the Ising model', () => {
  it('has the energies of spins ±1, constants included', () => {
    const rng = seededRng(7);
    const field = Float64Array.from({ length: 9 }, () => rng.normal());
    const graph = isingLattice({ shape: [3, 3], coupling: -0.4, field });
    const values = randomStates(9 * 10, 2);
    const spins = spinsOf(values);
    graphEnergy(graph, values).forEach((value, sample) => {
      let expected = 0;
      for (let e = 0; e < graph.edges.length; e += 2)
        expected += 0.4 * spins[9 * sample + graph.edges[e]] * spins[9 * sample + graph.edges[e + 1]];
      for (let i = 0; i < 9; i++) expected -= field[i] * spins[9 * sample + i];
      expect(value).toBeCloseTo(expected, 12);
    });
  });

  it('is the Potts model of twice the coupling, but for a constant', () => {
    const values = randomStates(16 * 5, 2);
    const ising = graphEnergy(isingLattice({ shape: [4, 4], coupling: 0.3 }), values);
    const potts = graphEnergy(squareLattice({ side: 4, states: 2, coupling: 0.6 }), values);
    ising.forEach((value, k) => {
      expect(value).toBeCloseTo(potts[k] + 0.3 * 32, 12);
    });
  });

  it('measures order as |Σ s|/sites', () => {
    const values = Int32Array.of(0, 0, 1, 0, 1, 1, 1, 1, 0, 1, 1, 0);
    expect(Array.from(magnetization(isingGraph({ sites: 4, edges: [[0, 1]] }), values))).toEqual([0.5, 1, 0]);
  });
});
