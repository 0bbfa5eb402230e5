import type { RowInputs } from './row-inputs.ts';

/**
 * Inputs that are colours: a channel per colour, which adds up the weights of the sites that show it. One addition per
 * site and sample, whatever the number of colours.
 *
 * @param states - [sites, count]: site by site, so that additions of neighbouring samples do not wait for each other.
 */
export function colourInputs(states: Uint8Array, sites: number, colours: number): RowInputs {
  const count = states.length / sites;
  const scale = 1 / Math.sqrt(sites);
  return {
    ...{ count, sites, channels: colours },
    project(weights, out) {
      out.fill(0);
      for (let j = 0; j < sites; j++) {
        const weight = scale * weights[j];
        const at = j * count;
        for (let k = 0, begin = 0; k < count; k++, begin += colours) out[begin + states[at + k]] += weight;
      }
    },
    accumulate(forces, gradient) {
      for (let j = 0; j < sites; j++) {
        const at = j * count;
        let [even, odd] = [0, 0];
        let begin = 0;
        let k = 0;
        for (; k + 1 < count; k += 2, begin += 2 * colours) {
          even += forces[begin + states[at + k]];
          odd += forces[begin + colours + states[at + k + 1]];
        }
        if (k < count) even += forces[begin + states[at + k]];
        gradient[j] += scale * (even + odd);
      }
    },
  };
}
