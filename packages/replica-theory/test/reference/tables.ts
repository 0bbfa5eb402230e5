/**
 * Numbers of an independent NumPy program for the same saddle-point equations, with as many digits as it printed:
 * [load, training loss, generalisation loss, reconstruction error].
 */
export interface Table {
  readonly scenario: 'tilted' | 'gaussian';
  readonly teacherVariance: number;
  readonly ridge: number;
  /** SK covariance at this β. */
  readonly beta?: number;
  readonly rows: readonly (readonly [load: string, train: string, test: string, reconstruction: string])[];
}

export const TABLES: readonly Table[] = [
  {
    scenario: 'tilted',
    teacherVariance: 1,
    ridge: 0.1,
    rows: [
      ['.5', '.0702', '.6086', '.8712'],
      ['1', '.0793', '.6141', '1.0447'],
      ['2', '.1133', '.6450', '1.5296'],
      ['4', '.2089', '.5654', '1.2291'],
      ['8', '.2875', '.4437', '.4587'],
      ['16', '.3236', '.3935', '.1798'],
      ['32', '.3403', '.3734', '.0791'],
    ],
  },
  {
    scenario: 'tilted',
    teacherVariance: 1,
    ridge: 1,
    rows: [
      ['.5', '.2834', '.5721', '.7297'],
      ['1', '.2783', '.5183', '.5849'],
      ['2', '.2804', '.4690', '.4324'],
      ['4', '.2937', '.4305', '.2979'],
      ['8', '.3132', '.4021', '.1907'],
      ['16', '.3305', '.3827', '.1126'],
      ['32', '.3421', '.3706', '.0622'],
    ],
  },
  {
    scenario: 'tilted',
    teacherVariance: 1,
    ridge: 0.01,
    rows: [
      ['2', '.0275', '1.2836', '10.216'],
      ['4', '.1814', '.9367', '6.023'],
      ['8', '.2862', '.4658', '.6424'],
      ['16', '.3234', '.3965', '.2020'],
    ],
  },
  {
    scenario: 'tilted',
    teacherVariance: 0.25,
    ridge: 1,
    rows: [
      ['1', '.3582', '.6970', '1.0705'],
      ['4', '.4704', '.6674', '.8566'],
      ['16', '.5505', '.6113', '.2993'],
    ],
  },
  {
    scenario: 'tilted',
    teacherVariance: 0.25,
    ridge: 0.1,
    rows: [
      ['1', '.1234', '1.0706', '6.527'],
      ['4', '.4356', '.8037', '2.791'],
    ],
  },
  { scenario: 'tilted', teacherVariance: 0.25, ridge: 1e-6, rows: [['8', '.5144', '.6720', '1.0198']] },
  { scenario: 'tilted', teacherVariance: 1, ridge: 1e-6, rows: [['8', '.2862', '.4693', '.673']] },
  {
    scenario: 'gaussian',
    teacherVariance: 1,
    ridge: 0.1,
    rows: [
      ['1', '.1062', '.8697', '1.4260'],
      ['4', '.3167', '.6724', '.8759'],
      ['16', '.4296', '.4982', '.1271'],
    ],
  },
  {
    scenario: 'gaussian',
    teacherVariance: 1,
    ridge: 1,
    rows: [
      ['4', '.3895', '.5548', '.3453'],
      ['16', '.4360', '.4912', '.1023'],
    ],
  },
  { scenario: 'gaussian', teacherVariance: 0.25, ridge: 1, rows: [['4', '.4874', '.6884', '.8719']] },
  { scenario: 'gaussian', teacherVariance: 1, ridge: 0.01, rows: [['2', '.0580', '2.0257', '15.85']] },
  { scenario: 'gaussian', teacherVariance: 1, ridge: 1e-6, rows: [['8', '.3936', '.5603', '.4075']] },
  {
    scenario: 'tilted',
    teacherVariance: 0.25,
    beta: 0.5,
    ridge: 1,
    rows: [
      ['4', '.4746', '.6609', '.8990'],
      ['8', '.5219', '.6327', '.6102'],
      ['16', '.5508', '.6103', '.3517'],
    ],
  },
  {
    scenario: 'tilted',
    teacherVariance: 0.49,
    beta: 0.7,
    ridge: 1,
    rows: [['4', '.4073', '.5649', '.5374']],
  },
  { scenario: 'tilted', teacherVariance: 0.49, ridge: 1, rows: [['4', '.3997', '.5743', '.4631']] },
  {
    scenario: 'gaussian',
    teacherVariance: 0.49,
    beta: 0.7,
    ridge: 1,
    rows: [['4', '.4507', '.6180', '.5633']],
  },
  {
    scenario: 'tilted',
    teacherVariance: 0.49,
    beta: 0.7,
    ridge: 1e-6,
    rows: [['8', '.4271', '.5904', '1.020']],
  },
  { scenario: 'tilted', teacherVariance: 0.49, ridge: 1e-6, rows: [['8', '.4271', '.5904', '.697']] },
  {
    scenario: 'gaussian',
    teacherVariance: 0.49,
    beta: 0.7,
    ridge: 1e-6,
    rows: [['8', '.4739', '.6339', '.878']],
  },
  {
    scenario: 'tilted',
    teacherVariance: 0.16,
    beta: 0.4,
    ridge: 1,
    rows: [['4', '.5044', '.7034', '1.359']],
  },
  {
    scenario: 'tilted',
    teacherVariance: 0.16,
    beta: 0.4,
    ridge: 1e-6,
    rows: [['8', '.5519', '.7078', '1.654']],
  },
];

/** Three colours, U = 1, ρ = 4: [scenario, load, ridge, generalisation loss, reconstruction error]; quadrature there was random. */
export const THREE_COLOURS = [
  ['tilted', 1, 0.1, 0.9531, 0.664],
  ['tilted', 3, 1, 0.8891, 0.485],
  ['gaussian', 1, 0.1, 1.0668, 0.755],
  ['gaussian', 3, 1, 0.9691, 0.558],
  ['gaussian', 6, 1e-4, 0.9371, 0.393],
] as const;

/**
 * SK covariance at β = 0.8, ridge 1, scenario `tilted`. These digits are those of a density cut into 400 modes at its
 * quantiles, with the teacher variance β²⟨Ω⟩ of those modes; the exact density moves them by up to 7·10⁻⁴.
 */
export const SK_OF_400_MODES = [
  ['4', '.3727', '.5155', '.4719'],
  ['8', '.4005', '.4924', '.3325'],
  ['16', '.4214', '.4747', '.2085'],
] as const;
