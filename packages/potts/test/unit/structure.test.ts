import { ConfigError, DataError } from '@spinformer/numerics';
import { describe, expect, it } from 'vitest';
import { readDistanceTable } from '../../src/structure/distance-table.ts';
import { residueDistances } from '../../src/structure/distances.ts';
import { readStructure } from '../../src/structure/read-structure.ts';
import { alignPair } from '../../src/structure/sequence-alignment.ts';
import { mapSites } from '../../src/structure/site-mapping.ts';
import { chainLetters, type Structure, selectChain } from '../../src/structure/structure.ts';

interface AtomOptions {
  tag?: string;
  alternate?: string;
  chain?: string;
  insertion?: string;
  occupancy?: number;
  element?: string;
}

/** One line of a PDB file, column by column. */
function atom(name: string, residue: string, number: number, x: number, options: AtomOptions = {}): string {
  const { tag = 'ATOM', alternate = ' ', chain = 'A', insertion = ' ', occupancy = 1, element } = options;
  const paddedName = name.length === 4 ? name : ` ${name}`.padEnd(4);
  const coordinate = (value: number) => value.toFixed(3).padStart(8);
  const fixed = `${tag.padEnd(6)}${'1'.padStart(5)} ${paddedName}${alternate}${residue.padStart(3)} ${chain}${String(number).padStart(4)}${insertion}   `;
  const rest = `${coordinate(x)}${coordinate(0)}${coordinate(0)}${occupancy.toFixed(2).padStart(6)}${'20.00'.padStart(6)}`;
  return `${fixed}${rest}          ${(element ?? name[0]).padStart(2)}`;
}

const summary = ({ chains }: Structure) =>
  chains.map((chain) => [
    chain.id,
    chainLetters(chain),
    chain.residues.map((r) => `${r.number}${r.insertionCode}`),
  ]);

describe('PDB', () => {
  it('gathers residues: insertion codes apart, modified residues in, water, ligands and hydrogens out', () => {
    const structure = readStructure(
      [
        'HEADER    TEST',
        atom('CA', 'GLY', 1, 0),
        atom('HA2', 'GLY', 1, 1, { element: 'H' }),
        atom('CA', 'ALA', 1, 2, { insertion: 'A' }),
        atom('CA', 'MSE', 2, 4, { tag: 'HETATM' }),
        atom('O', 'HOH', 3, 6, { tag: 'HETATM' }),
        atom('C1', 'NAP', 4, 8, { tag: 'HETATM' }),
        atom('CA', 'TRP', 1, 9, { chain: 'B' }),
        'END',
      ].join('\r\n'),
    );
    expect(summary(structure)).toEqual([
      ['A', 'GAM', ['1', '1A', '2']],
      ['B', 'W', ['1']],
    ]);
    expect(structure.chains[0].residues[0].atoms).toEqual([{ name: 'CA', x: 0, y: 0, z: 0 }]);
  });

  it('learns from MODRES what a modified residue derives from', () => {
    const lines = [
      'MODRES 1TST ZZZ A    2  TRP  MADE UP',
      atom('CA', 'GLY', 1, 0),
      atom('CA', 'ZZZ', 2, 1, { tag: 'HETATM' }),
    ];
    expect(summary(readStructure(lines.join('\n')))).toEqual([['A', 'GW', ['1', '2']]]);
    expect(summary(readStructure(lines.slice(1).join('\n')))).toEqual([['A', 'G', ['1']]]);
  });

  it('takes the alternate location of highest occupancy, the first of equals', () => {
    const lines = [
      atom('CA', 'SER', 1, 1, { alternate: 'A', occupancy: 0.4 }),
      atom('CA', 'SER', 1, 2, { alternate: 'B', occupancy: 0.6 }),
      atom('CB', 'SER', 1, 3, { alternate: 'A', occupancy: 0.5 }),
      atom('CB', 'SER', 1, 4, { alternate: 'B', occupancy: 0.5 }),
    ];
    const [residue] = readStructure(lines.join('\n')).chains[0].residues;
    expect(residue.atoms.map(({ name, x }) => [name, x])).toEqual([
      ['CA', 2],
      ['CB', 3],
    ]);
  });

  it('reads the first model, or the one asked for', () => {
    const lines = [
      'MODEL        1',
      atom('CA', 'GLY', 1, 0),
      'ENDMDL',
      'MODEL        2',
      atom('CA', 'TRP', 1, 0),
      'ENDMDL',
    ];
    expect(summary(readStructure(lines.join('\n')))).toEqual([['A', 'G', ['1']]]);
    expect(summary(readStructure(lines.join('\n'), { model: 2 }))).toEqual([['A', 'W', ['1']]]);
    expect(() => readStructure(lines.join('\n'), { model: 3 })).toThrow(
      /no model 3; the file has models 1, 2/,
    );
  });

  it('tells hydrogens by name where there is no element column', () => {
    const short = [atom('CA', 'GLY', 1, 0), atom('HG11', 'GLY', 1, 1), atom('HA', 'GLY', 1, 1)].map((line) =>
      line.slice(0, 66),
    );
    expect(readStructure(short.join('\n')).chains[0].residues[0].atoms.map(({ name }) => name)).toEqual([
      'CA',
    ]);
  });

  it.each([
    ['without atoms', 'HEADER    TEST\nEND\n', /holds no atoms of a protein or nucleic acid/],
    ['of water only', atom('O', 'HOH', 1, 0, { tag: 'HETATM' }), /holds no atoms/],
    ['empty', '', /holds no atoms/],
    [
      'with a shifted column',
      `${atom('CA', 'GLY', 1, 0).slice(0, 30)}      xx${atom('CA', 'GLY', 1, 0).slice(38)}`,
      /line 1 has the x coordinate "xx", which is no number/,
    ],
    ['cut off in a line', atom('CA', 'GLY', 1, 0).slice(0, 40), /line 1 has the y coordinate/],
  ])('a file %s is refused', (_, text, message) => {
    expect(() => readStructure(text)).toThrow(DataError);
    expect(() => readStructure(text)).toThrow(message);
  });

  it('lists the chains there are when one is missing', () => {
    const structure = readStructure(
      [atom('CA', 'GLY', 1, 0), atom('CA', 'GLY', 1, 0, { chain: 'B' })].join('\n'),
    );
    expect(selectChain(structure, 'B').residues).toHaveLength(1);
    expect(() => selectChain(structure, 'C')).toThrow(
      /no chain "C"\. It has "A" \(1 residues\), "B" \(1 residues\)/,
    );
  });
});

describe('mmCIF', () => {
  const tags = [
    'group_PDB',
    'type_symbol',
    'label_atom_id',
    'label_alt_id',
    'label_comp_id',
    'label_asym_id',
    'label_seq_id',
    'pdbx_PDB_ins_code',
    'Cartn_x',
    'Cartn_y',
    'Cartn_z',
    'occupancy',
    'auth_seq_id',
    'auth_asym_id',
    'pdbx_PDB_model_num',
  ];
  const loop = (rows: readonly string[]) =>
    ['loop_', ...tags.map((tag) => `_atom_site.${tag}`), ...rows].join('\n');
  const rows = [
    'ATOM C CA . GLY A 1 ? 0.0 0 0 1.0 11 X 1',
    'ATOM C "C1\'" . GLY A 1 ? 1.0 0 0 1.0 11 X 1',
    'ATOM H HA . GLY A 1 ? 1.0 0 0 1.0 11 X 1',
    "ATOM O 'O' . ALA A 2 B 2.0 0 0 1.0 12 X 1",
    'HETATM C CA . MSE A 3 ? 3.0 0 0 1.0',
    '13 X 1',
    'HETATM O O . HOH B . ? 9.0 0 0 1.0 201 X 1',
    'ATOM C CA . TRP A 1 ? 0.0 0 0 1.0 11 X 2',
  ];
  const text = [
    'data_TEST',
    "_struct.title 'it''s a \"loop_\" of data_'",
    '_struct.text',
    ';first line',
    'loop_ _atom_site.fake',
    ';',
    '# a comment',
    'loop_',
    '_entity.id',
    '_entity.type',
    "1 'polymer # no comment'",
    loop(rows),
    '#',
    '_cell.length_a 10',
  ].join('\n');

  it('understands quotes, text fields, comments and wrapped rows, and takes the authors’ names', () => {
    const structure = readStructure(text);
    expect(summary(structure)).toEqual([['X', 'GAM', ['11', '12B', '13']]]);
    expect(structure.chains[0].residues[0].atoms.map(({ name }) => name)).toEqual(['CA', "C1'"]);
  });

  it('keeps residues of a polymer that it does not know', () => {
    const unknown = loop([
      rows[0],
      'HETATM C CA . ZZZ A 2 ? 1.0 0 0 1.0 12 X 1',
      'HETATM C CA . ZZZ A . ? 1.0 0 0 1.0 13 X 1',
    ]);
    expect(summary(readStructure(unknown))).toEqual([['X', 'GX', ['11', '12']]]);
  });

  it('reads another model', () => {
    expect(summary(readStructure(text, { model: 2 }))).toEqual([['X', 'W', ['11']]]);
    expect(() => readStructure(text, { model: 7 })).toThrow(/no model 7; the file has models 1, 2/);
  });

  it('falls back on the labels where there are no author columns', () => {
    const short = tags.filter((tag) => !tag.startsWith('auth') && !tag.startsWith('pdbx'));
    const lines = [
      'data_x',
      'loop_',
      ...short.map((tag) => `_atom_site.${tag}`),
      'ATOM C CA . GLY A 1 0 0 0 1.0',
      'HETATM O O . HOH B . 0 0 0 1.0',
    ];
    expect(summary(readStructure(lines.join('\n')))).toEqual([['A', 'G', ['1']]]);
  });

  it('says where the loop is cut off or holds no number', () => {
    expect(() => readStructure(loop([...rows.slice(0, 1), 'ATOM C CA']))).toThrow(
      /ends at line 18 with 3 of 15 values/,
    );
    expect(() => readStructure(loop([rows[0].replace('0.0', 'zero')]))).toThrow(
      /line 17 has Cartn_x "zero", which is no number/,
    );
  });
});

describe('distances', () => {
  const { residues } = readStructure(
    [
      atom('CA', 'GLY', 1, 0),
      atom('CB', 'GLY', 1, 50),
      atom('CA', 'SER', 2, 3),
      atom('CB', 'SER', 2, 4),
      atom('OG', 'SER', 2, 5),
      atom('CA', 'LEU', 3, 9),
      atom("C1'", 'U', 4, 20),
    ].join('\n'),
  ).chains[0];

  it('cb8: Cβ, Cα of glycine and where there is no Cβ, C1’ of nucleotides; NaN where a site is missing', () => {
    const distances = residueDistances([...residues, null], 'cb8');
    expect([...distances.subarray(0, 5)]).toEqual([0, 4, 9, 20, Number.NaN]);
    expect([...distances.subarray(5, 10)]).toEqual([4, 0, 5, 16, Number.NaN]);
    expect(distances[24]).toBeNaN();
  });

  it('heavy: the least of all pairs', () => {
    expect([...residueDistances(residues, 'heavy5').subarray(4, 8)]).toEqual([3, 0, 4, 15]);
  });

  it('an unknown criterion is refused', () => {
    expect(() => residueDistances(residues, 'cb6' as never)).toThrow(ConfigError);
    expect(() => residueDistances(residues, 'cb6' as never)).toThrow(
      /must be cb8, heavy5 or heavy8, got "cb6"/,
    );
  });

  it('tables of distances', () => {
    const distances = readDistanceTable('1 3 0.5 4.25\n# comment\n\n2 3 0 7\n', 3);
    expect([...distances]).toEqual([0, Number.NaN, 4.25, Number.NaN, 0, 7, 4.25, 7, 0]);
    expect(() => readDistanceTable('1 2 3\n', 3)).toThrow(/line 1 must hold four numbers/);
    expect(() => readDistanceTable('1 4 0 1\n', 3)).toThrow(
      /line 1 names sites 1 and 4; the alignment has sites 1…3/,
    );
  });
});

describe('finding sites in a structure', () => {
  const names: Record<string, string> = {
    M: 'MET',
    K: 'LYS',
    L: 'LEU',
    V: 'VAL',
    W: 'TRP',
    D: 'ASP',
    E: 'GLU',
    H: 'HIS',
    P: 'PRO',
    G: 'GLY',
  };
  const chain = (letters: string, first: number, id = 'A') =>
    [...letters].map((letter, k) => atom('CA', names[letter], first + k, k, { chain: id })).join('\n');

  it('by numbers where letters agree, otherwise by the sequence', () => {
    const structure = readStructure(chain('MKLVWDEHPG', 5));
    const letters = 'LVWDEHP';
    const right = mapSites(structure, { letters, residueNumbers: [7, 8, 9, 10, 11, 12, 13] });
    expect(right).toMatchObject({ method: 'numbers', covered: 7, identity: 1 });
    const wrong = mapSites(structure, { letters, residueNumbers: [5, 6, 7, 8, 9, 10, 11] });
    expect(wrong).toMatchObject({ method: 'sequence', covered: 7, identity: 1 });
    expect(wrong.residues).toEqual(right.residues);
  });

  it('leaves out what the structure lacks', () => {
    const structure = readStructure([chain('MKLVW', 1), chain('HPGMK', 8)].join('\n'));
    const mapping = mapSites(structure, { letters: 'MKLVWDEHPGMK' });
    expect(mapping.residues.map((residue) => residue?.letter ?? '-').join('')).toBe('MKLVW--HPGMK');
  });

  it('takes the chain that fits best, or the one named', () => {
    const structure = readStructure([chain('MKLVWHP', 1, 'A'), chain('MKLVWDE', 1, 'B')].join('\n'));
    expect(mapSites(structure, { letters: 'MKLVWDE' }).chain.id).toBe('B');
    expect(mapSites(structure, { letters: 'MKLVWDE' }, { chain: 'A' }).chain.id).toBe('A');
    expect(() => mapSites(structure, { letters: 'MKLVWDE' }, { chain: 'Q' })).toThrow(/no chain "Q"/);
  });

  it('says when next to nothing is found', () => {
    const structure = readStructure(chain('MK', 1));
    expect(() => mapSites(structure, { letters: 'MKLVWDEHPG' })).toThrow(
      /has 2 of 10 sites, .*\nsites {4}MKLVW/,
    );
  });

  it('shows the alignment with a chain that is of another family', () => {
    const structure = readStructure(chain('VVVVVVVV', 1));
    const other = { letters: 'IIIIIIII' };
    expect(() => mapSites(structure, other)).toThrow(
      /has 8 of 8 sites, and 0 % of their letters agree\. Is it a structure of this family\? .* lower leastIdentity\.\nsites {4}I{8}\n\nchain A {2}V{8}$/,
    );
    expect(mapSites(structure, other, { leastIdentity: 0 }).alignment).toMatch(/^sites {4}I{8}/);
  });
});

describe('alignPair', () => {
  it.each([
    ['MKLVWDE', 'MKLVWDE', [0, 1, 2, 3, 4, 5, 6]],
    ['LVW', 'MKLVWDE', [2, 3, 4]],
    ['MKLVWDE', 'LVW', [-1, -1, 0, 1, 2, -1, -1]],
    ['MKLVWDEHPGWW', 'MKLVWHPGWW', [0, 1, 2, 3, 4, -1, -1, 5, 6, 7, 8, 9]],
    ['', 'MK', []],
    ['MK', '', [-1, -1]],
  ])('%s in %s', (a, b, partners) => {
    expect([...alignPair(a, b, 'protein')]).toEqual(partners);
  });

  it('reads T and U as the same base', () => {
    expect([...alignPair('ACGUU', 'GACGTTA', 'nucleic')]).toEqual([1, 2, 3, 4, 5]);
  });
});
