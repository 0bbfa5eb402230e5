/** Slots per entry at least: open addressing stays short below half full. */
const SLOTS_PER_ENTRY = 2;
const FIRST_CAPACITY = 1024;

/** Packed configurations, each once, numbered in the order in which they came. */
export class ConfigurationTable {
  readonly words: number;
  /** The words of entry k start at k·words. */
  keys: Int32Array;
  /** How many different configurations there are. */
  count = 0;
  /** Entry number + 1, or 0. */
  private slots: Int32Array;
  private capacity = FIRST_CAPACITY;

  constructor(words: number) {
    this.words = words;
    this.keys = new Int32Array(FIRST_CAPACITY * words);
    this.slots = new Int32Array(FIRST_CAPACITY * SLOTS_PER_ENTRY);
  }

  /** The number of the configuration in the first words of `packed`, added when it is new. */
  indexOf(packed: Int32Array): number {
    const { words, keys, slots } = this;
    const mask = slots.length - 1;
    for (let slot = hash(packed, 0, words) & mask; ; slot = (slot + 1) & mask) {
      const entry = slots[slot] - 1;
      if (entry < 0) return this.add(packed, slot);
      let w = 0;
      while (w < words && keys[entry * words + w] === packed[w]) w++;
      if (w === words) return entry;
    }
  }

  /** Forgets everything, keeps the memory. */
  clear(): void {
    this.count = 0;
    this.slots.fill(0);
  }

  private add(packed: Int32Array, slot: number): number {
    const entry = this.count++;
    if (entry === this.capacity) {
      this.grow(entry);
      this.write(entry, packed);
      this.place(entry);
      return entry;
    }
    this.slots[slot] = entry + 1;
    this.write(entry, packed);
    return entry;
  }

  private write(entry: number, packed: Int32Array): void {
    for (let w = 0; w < this.words; w++) this.keys[entry * this.words + w] = packed[w];
  }

  private grow(entries: number): void {
    this.capacity *= 2;
    const keys = new Int32Array(this.capacity * this.words);
    keys.set(this.keys);
    this.keys = keys;
    this.slots = new Int32Array(this.capacity * SLOTS_PER_ENTRY);
    for (let entry = 0; entry < entries; entry++) this.place(entry);
  }

  /** Puts an entry that stands in the keys into the first free slot. */
  private place(entry: number): void {
    const mask = this.slots.length - 1;
    let slot = hash(this.keys, entry * this.words, this.words) & mask;
    while (this.slots[slot] !== 0) slot = (slot + 1) & mask;
    this.slots[slot] = entry + 1;
  }
}

/** The finaliser of MurmurHash3, folded over the words. */
function hash(keys: Int32Array, from: number, words: number): number {
  let h = 0x9e3779b9 | 0;
  for (let w = 0; w < words; w++) {
    h ^= keys[from + w];
    h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
    h ^= h >>> 16;
  }
  return h;
}
