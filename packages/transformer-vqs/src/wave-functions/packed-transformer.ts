import { readSync, scope, type Tensor, withBackend } from '@spinformer/tensor';
import type { WasmRuntime } from '@spinformer/tensor/wasm';
import { firstLayerTables, MAXIMUM_TABLE_BITS } from './first-layer-tables.ts';
import { positionalWeights } from './mix-tokens.ts';
import type { Patches } from './patches.ts';
import type { TransformerArchitecture } from './transformer-options.ts';
import type {
  HeadParameters,
  LayerParameters,
  NormParameters,
  TransformerParameters,
} from './transformer-parameters.ts';
import { parameterCount } from './transformer-parameters.ts';

/** Words of the model as kernels/_model.ts names them. */
const WORD = {
  places: 8,
  pairs: 9,
  positions: 10,
  parameters: 11,
  firstOwn: 12,
  firstOthers: 13,
  embed: 16,
  norm: 19,
  real: 21,
  imaginary: 26,
  layers: 32,
  each: 18,
} as const;

/** Parameters of a transformer state in the runtime's memory, laid out for the kernels. */
export interface PackedTransformer {
  /** Byte address of the table of words. */
  readonly model: number;
  free(): void;
}

const upToFour = (n: number) => 4 * Math.ceil(n / 4);

type Numbers = ArrayLike<number>;

/** A matrix [inputs, outputs] as panels of four outputs, [panel, inputs, 4], filled up with zeros. */
function panels(values: Numbers, inputs: number, outputs: number, transposed: boolean): Float64Array {
  const [rows, columns] = transposed ? [outputs, inputs] : [inputs, outputs];
  const [step, across] = transposed ? [1, outputs] : [outputs, 1];
  const packed = new Float64Array(rows * upToFour(columns));
  for (let c = 0; c < columns; c++) {
    const at = (c >> 2) * rows * 4 + (c & 3);
    for (let r = 0; r < rows; r++) packed[at + 4 * r] = values[r * step + c * across];
  }
  return packed;
}

/** Mixing weights [heads, i, j] as panels of four i, [heads, panel, j, 4], or the transposed weights. */
function mixPanels(weights: Numbers, heads: number, count: number, transposed: boolean): Float64Array {
  const each = count * upToFour(count);
  const packed = new Float64Array(heads * each);
  for (let h = 0; h < heads; h++) {
    const own = Array.prototype.slice.call(weights, h * count * count, (h + 1) * count * count);
    packed.set(panels(own, count, count, !transposed), h * each);
  }
  return packed;
}

/** Rows of `width` numbers filled up to a multiple of four. */
function padded(values: Numbers, width: number): Float64Array {
  const rows = values.length / width;
  const out = new Float64Array(rows * upToFour(width));
  for (let k = 0; k < values.length; k++)
    out[Math.floor(k / width) * upToFour(width) + (k % width)] = values[k];
  return out;
}

/** Collects the words and arrays of a model, then writes them into one block. */
class ModelWriter {
  readonly words: number[] = [];
  private readonly arrays: { word: number; values: Float64Array | Int32Array }[] = [];

  add(word: number, values: Float64Array | Int32Array): void {
    this.arrays.push({ word, values });
  }

  write(runtime: WasmRuntime, dtype: 'float32' | 'float64', wordCount: number): PackedTransformer {
    const size = dtype === 'float32' ? 4 : 8;
    const bytes = (values: Float64Array | Int32Array) =>
      64 * Math.ceil((values.length * (values instanceof Int32Array ? 4 : size)) / 64 + 1);
    const table = 64 * Math.ceil(wordCount / 8);
    const total = this.arrays.reduce((sum, { values }) => sum + bytes(values), table);
    const model = runtime.allocate(total);
    const words = runtime.float64(model, wordCount).fill(0);
    this.words.forEach((value, word) => {
      words[word] = value;
    });
    let at = model + table;
    for (const { word, values } of this.arrays) {
      words[word] = at;
      if (values instanceof Int32Array) runtime.int32(at, values.length).set(values);
      else runtime[dtype](at, values.length).set(values);
      at += bytes(values);
    }
    return { model, free: () => runtime.free(model) };
  }
}

/**
 * Lays out the parameters of a state whose mixing weights depend on positions alone. With `backward`, the transposes that
 * the Jacobian needs are there too.
 */
export function packTransformer(
  runtime: WasmRuntime,
  architecture: TransformerArchitecture,
  places: Patches,
  parameters: TransformerParameters,
  backward: boolean,
): PackedTransformer {
  const { width, heads, expansion, layers, headNorm, attention } = architecture;
  const { count, sites } = places;
  const full = attention === 'factored-full';
  const writer = new ModelWriter();
  writer.words.push(
    sites.length,
    count,
    places.size,
    width,
    heads,
    expansion * width,
    layers,
    headNorm ? 1 : 0,
  );
  writer.words[WORD.positions] = full ? count * count : count;
  writer.words[WORD.parameters] = parameterCount(architecture);
  writer.add(WORD.places, sites);
  writer.add(WORD.pairs, full ? Int32Array.from(places.displacements.keys()) : places.displacements);
  const parts = new PartWriter(writer, backward);
  parts.matrix(WORD.embed, parameters.embed.weight);
  parts.vector(WORD.embed + 1, parameters.embed.bias);
  if (parameters.embed.position) parts.vector(WORD.embed + 2, parameters.embed.position);
  parts.norm(WORD.norm, parameters.norm);
  parts.head(WORD.real, parameters.real);
  parts.head(WORD.imaginary, parameters.imaginary);
  parameters.layers.forEach((layer, index) => {
    const weights = mixingWeights(architecture, layer, places);
    parts.layer(WORD.layers + index * WORD.each, layer, weights, heads, count);
    if (index > 0 || backward || full || architecture.positions || places.size > MAXIMUM_TABLE_BITS) return;
    const { own, others } = firstLayerTables(parameters, weights, heads, count);
    writer.add(WORD.firstOwn, padded(own, width));
    writer.add(WORD.firstOthers, padded(others, width));
  });
  const dtype = parameters.embed.weight.dtype as 'float32' | 'float64';
  return writer.write(runtime, dtype, WORD.layers + layers * WORD.each);
}

/** Adds the parts of a state, each from its first word on. */
class PartWriter {
  private readonly writer: ModelWriter;
  private readonly backward: boolean;

  constructor(writer: ModelWriter, backward: boolean) {
    this.writer = writer;
    this.backward = backward;
  }

  vector(word: number, x: Tensor): void {
    this.writer.add(word, padded(readSync(x), x.shape[x.shape.length - 1]));
  }

  /** A matrix, and for the way back its transpose at `back`. */
  matrix(word: number, x: Tensor, back?: number): void {
    const values = readSync(x);
    this.writer.add(word, panels(values, x.shape[0], x.shape[1], false));
    if (this.backward && back !== undefined)
      this.writer.add(back, panels(values, x.shape[0], x.shape[1], true));
  }

  norm(word: number, { gain, bias }: NormParameters): void {
    this.vector(word, gain);
    this.vector(word + 1, bias);
  }

  head(word: number, head: HeadParameters): void {
    this.matrix(word, head.weight, word + 4);
    this.vector(word + 1, head.bias);
    if (head.norm) this.norm(word + 2, head.norm);
  }

  layer(at: number, layer: LayerParameters, weights: Numbers, heads: number, count: number): void {
    this.norm(at, layer.attentionNorm);
    this.matrix(at + 2, layer.value.weight, at + 4);
    this.vector(at + 3, layer.value.bias);
    this.writer.add(at + 5, mixPanels(weights, heads, count, false));
    if (this.backward) this.writer.add(at + 6, mixPanels(weights, heads, count, true));
    this.matrix(at + 7, layer.output.weight, at + 9);
    this.vector(at + 8, layer.output.bias);
    this.norm(at + 10, layer.feedNorm);
    this.matrix(at + 12, layer.expand.weight, at + 14);
    this.vector(at + 13, layer.expand.bias);
    this.matrix(at + 15, layer.contract.weight, at + 17);
    this.vector(at + 16, layer.contract.bias);
  }
}

/** The weights of a layer as numbers, [heads, patches, patches]. */
function mixingWeights(
  architecture: TransformerArchitecture,
  layer: LayerParameters,
  places: Patches,
): Numbers {
  return withBackend(layer.position!.backend, () => {
    let values: Numbers = [];
    scope(() => {
      values = readSync(positionalWeights(architecture, layer, places)!);
    });
    return values;
  });
}
