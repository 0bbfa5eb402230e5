import type { Finding } from '../experiment.ts';
import type { CouplingPoint, GroundStateResult, TunedState } from './ground-state-result.ts';

/** Every energy must come so close to the exact one. */
const CLOSE = 0.01;

/**
 * What the study of ground states says, most important first.
 *
 * @param result what the run found
 */
export function groundStateFindings(result: GroundStateResult): readonly Finding[] {
  return [
    energies(result),
    ...orders(result),
    ...signs(result),
    ...result.tuned.filter(({ part }) => part === 'head').map((head) => carried(result, head)),
    ...result.warnings.map((text) => ({ text, values: {}, met: false })),
  ];
}

function energies({ magnet, parameters, points, steps }: GroundStateResult): Finding {
  const sorted = [...points].sort((a, b) => a.relativeError - b.relativeError);
  const [best, worst] = [sorted[0], sorted[sorted.length - 1]];
  return {
    text:
      `One network of ${parameters} numbers, trained anew at ${points.length} couplings of the ${magnet} for ${steps} steps, comes ` +
      `to relative errors of the energy from ${percent(best.relativeError)} (J2 = ${best.j2}) to ` +
      `${percent(worst.relativeError)} (J2 = ${worst.j2}).`,
    values: Object.fromEntries(
      points.map(({ j2, relativeError }) => [`relativeErrorAt${j2}`, relativeError]),
    ),
    met: worst.relativeError <= CLOSE,
  };
}

function orders({ lattice, points }: GroundStateResult): Finding[] {
  const names = lattice === 'chain' ? ['S(π)', 'S(π/2)'] : ['S(π, π)', 'S(π, 0)'];
  const first = points.find(({ found }) => found.stripe > found.neel);
  const exact = points.find((point) => point.exact && point.exact.stripe > point.exact.neel);
  const known = points.every((point) => point.exact);
  const where = (point: CouplingPoint | undefined) =>
    point ? `from J2 = ${point.j2} on` : 'at none of the couplings';
  return [
    {
      text:
        `The structure factor peaks at the Néel momentum for small J2; ${names[1]} exceeds ${names[0]} ` +
        `${where(first)}${known ? `, in the exact ground states ${where(exact)}` : ''}.`,
      values: Object.fromEntries(
        points.flatMap(({ j2, found }) => [
          [`neelAt${j2}`, found.neel],
          [`stripeAt${j2}`, found.stripe],
        ]),
      ),
      ...(known && { met: first?.j2 === exact?.j2 }),
    },
  ];
}

function signs({ points }: GroundStateResult): Finding[] {
  const known = points.filter((point) => point.exact);
  if (known.length === 0) return [];
  const differences = known.map((point) => Math.abs(point.found.marshallSign - point.exact!.marshallSign));
  const largest = Math.max(...differences);
  const where = known[differences.indexOf(largest)];
  return [
    {
      text:
        `How far its signs follow Marshall's rule differs from the exact ground states by at most ` +
        `${largest.toFixed(3)} (J2 = ${where.j2}: ${where.found.marshallSign.toFixed(3)}, exactly ` +
        `${where.exact!.marshallSign.toFixed(3)}).`,
      values: { largestDifference: largest },
    },
  ];
}

function carried(result: GroundStateResult, head: TunedState): Finding {
  const { tuned, tuneFrom, tuneSteps, headParameters, parameters } = result;
  const all = tuned.find(({ j2, part }) => j2 === head.j2 && part === 'all')!;
  return {
    text:
      `The state of J2 = ${tuneFrom}, taken as it is, has an error of ${percent(head.before)} at J2 = ${head.j2}; ${tuneSteps} steps ` +
      `of its head (${headParameters} of ${parameters} numbers) bring ${percent(head.after)}, of all numbers ${percent(all.after)}; as ` +
      `many steps from scratch ${percent(head.scratch)}.`,
    values: { before: head.before, head: head.after, all: all.after, scratch: head.scratch },
    met: head.after < head.scratch,
  };
}

function percent(fraction: number): string {
  return `${Number((100 * fraction).toPrecision(2))} %`;
}
