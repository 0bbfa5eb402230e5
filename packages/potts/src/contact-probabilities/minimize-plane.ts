interface Corner {
  readonly x: number;
  readonly y: number;
  readonly value: number;
}

/** Side of the first triangle. */
const FIRST_SIDE = 0.2;
/** The triangle's size at which its best corner counts as the minimum. */
const LAST_SIDE = 1e-5;
const MOST_STEPS = 400;

/**
 * Minimum of a smooth function of two numbers by Nelder and Mead's triangles, which need no gradient: that of a
 * skew-normal distribution vanishes where its skew does, minimum or not.
 * @source nelder1965
 */
export function minimizePlane(cost: (x: number, y: number) => number, start: readonly [number, number]) {
  const corner = (x: number, y: number): Corner => ({ x, y, value: cost(x, y) });
  const [x, y] = start;
  let triangle = [corner(x, y), corner(x + FIRST_SIDE, y), corner(x, y + FIRST_SIDE)];
  for (let step = 0; step < MOST_STEPS; step++) {
    triangle.sort((a, b) => a.value - b.value);
    const [best, middle, worst] = triangle;
    if (Math.max(distance(best, middle), distance(best, worst)) < LAST_SIDE) break;
    const towards = (t: number) =>
      corner(
        (best.x + middle.x) / 2 + t * (worst.x - (best.x + middle.x) / 2),
        (best.y + middle.y) / 2 + t * (worst.y - (best.y + middle.y) / 2),
      );
    const moved = replacement(towards, best, middle, worst);
    triangle = moved ? [best, middle, moved] : [best, halfway(best, middle), halfway(best, worst)];
  }
  const [best] = triangle.sort((a, b) => a.value - b.value);
  return [best.x, best.y] as const;

  function halfway(a: Corner, b: Corner): Corner {
    return corner((a.x + b.x) / 2, (a.y + b.y) / 2);
  }
}

/** What takes the worst corner's place: its reflection, a longer or a shorter one; nothing where the triangle must shrink. */
function replacement(
  towards: (t: number) => Corner,
  best: Corner,
  middle: Corner,
  worst: Corner,
): Corner | undefined {
  const reflected = towards(-1);
  if (reflected.value < best.value) {
    const further = towards(-2);
    return further.value < reflected.value ? further : reflected;
  }
  if (reflected.value < middle.value) return reflected;
  const contracted = towards(reflected.value < worst.value ? -0.5 : 0.5);
  return contracted.value < Math.min(reflected.value, worst.value) ? contracted : undefined;
}

function distance(a: Corner, b: Corner): number {
  return Math.max(Math.abs(a.x - b.x), Math.abs(a.y - b.y));
}
