import type { Figure } from '../../experiment.ts';
import { frame } from '../../shared/figures/frame.ts';
import { logAxis } from '../../shared/figures/log-axis.ts';
import { attentionColour } from '../attention-style.ts';
import type { ComparedAttention } from '../attention-wavefunction-config.ts';
import type { AttentionWavefunctionResult } from '../attention-wavefunction-result.ts';
import { attentionName } from '../compared-wave.ts';

/** One energy of one start. */
interface FreezeRow {
  readonly [key: string]: number | string;
  readonly attention: string;
  readonly kind: ComparedAttention;
  readonly start: number;
  readonly when: string;
  readonly relativeError: number;
}

/** Errors before and after freezing; nothing where nothing was frozen. */
export function freezeFigures(result: AttentionWavefunctionResult): Figure[] {
  const { waves, exactEnergy, frozenSteps } = result;
  const moments = ['optimised', 'frozen', `frozen, ${frozenSteps} steps on`];
  const table = waves.flatMap(({ attention, runs }) =>
    runs.flatMap(({ seed, final, frozen, thawed }) =>
      (frozen ? [final, frozen, thawed] : []).flatMap((energy, k) =>
        energy
          ? [
              {
                ...{ attention: attentionName(attention), kind: attention, start: seed, when: moments[k] },
                relativeError: (energy.energyPerSite - exactEnergy) / Math.abs(exactEnergy),
              },
            ]
          : [],
      ),
    ),
  );
  const shown = table.filter(({ relativeError }) => relativeError > 0);
  if (shown.length === 0) return [];
  return [
    {
      id: 'freeze',
      title: 'Attention replaced by its average',
      caption:
        'Relative error of the energy of the optimised networks, of the same networks with every attention weight replaced ' +
        `by its average over configurations and translations, and after ${frozenSteps} more steps without queries and keys.`,
      table,
      options: (plot) => freezeOptions(plot, shown, moments),
    },
  ];
}

// biome-ignore lint/suspicious/noExplicitAny: the Plot module is the shell's
function freezeOptions(plot: any, table: readonly FreezeRow[], moments: readonly string[]) {
  const kinds = [...new Set(table.map(({ kind }) => kind))];
  const series = { x: 'when', y: 'relativeError', fx: 'attention' };
  const colour = ({ kind }: FreezeRow) => attentionColour(kind);
  return {
    ...{ ...frame, width: 140 + 220 * kinds.length, height: 400, marginLeft: 74, marginBottom: 66 },
    fx: { label: null, axis: 'top', domain: kinds.map(attentionName) },
    x: {
      ...{ label: null, domain: moments.filter((when) => table.some((row) => row.when === when)) },
      tickFormat: (when: string) => when.replace(', ', '\n'),
    },
    y: {
      ...{ label: 'relative error of the energy', labelAnchor: 'center', labelArrow: 'none' },
      ...logAxis(table.map(({ relativeError }) => relativeError)),
    },
    marks: [
      plot.frame({ stroke: '#ccc' }),
      plot.line(table, { ...series, z: 'start', stroke: colour, strokeOpacity: 0.6 }),
      plot.dot(table, { ...series, fill: colour, r: 4 }),
    ],
  };
}
