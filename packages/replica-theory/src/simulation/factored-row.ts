import type { LinearRow, RowInputs } from './row-inputs.ts';

/**
 * A row of factored attention: one number per site, and a matrix from the channels of the inputs to the answers.
 *
 * @param matrix - [answers, channels].
 */
export function factoredRow(inputs: RowInputs, matrix: Float64Array): LinearRow {
  const { count, channels, sites } = inputs;
  const answers = matrix.length / channels;
  const buffer = new Float64Array(count * channels);
  return {
    ...{ count, answers, size: sites },
    logits(weights, out) {
      inputs.project(weights, buffer);
      for (let k = 0; k < count; k++) {
        for (let a = 0; a < answers; a++) {
          let z = 0;
          for (let c = 0; c < channels; c++) z += matrix[a * channels + c] * buffer[k * channels + c];
          out[k * answers + a] = z;
        }
      }
    },
    pullBack(forces, gradient) {
      buffer.fill(0);
      for (let k = 0; k < count; k++) {
        for (let a = 0; a < answers; a++) {
          const force = forces[k * answers + a];
          for (let c = 0; c < channels; c++) buffer[k * channels + c] += matrix[a * channels + c] * force;
        }
      }
      inputs.accumulate(buffer, gradient);
    },
  };
}
