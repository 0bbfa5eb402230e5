/** Marks text for a terminal; returns it as it is where there are no colours. */
export interface Style {
  bold(text: string): string;
  dim(text: string): string;
  red(text: string): string;
  green(text: string): string;
  yellow(text: string): string;
  cyan(text: string): string;
}

const codes = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39],
} as const;

/** Colours where the stream is a terminal and neither NO_COLOR nor --no-color says otherwise. */
export function styleFor(stream: { isTTY?: boolean }, color: boolean): Style {
  const isOn = color && stream.isTTY === true && !process.env.NO_COLOR && process.env.TERM !== 'dumb';
  const mark = ([open, close]: readonly [number, number]) =>
    isOn ? (text: string) => `\u001b[${open}m${text}\u001b[${close}m` : (text: string) => text;
  return {
    bold: mark(codes.bold),
    dim: mark(codes.dim),
    red: mark(codes.red),
    green: mark(codes.green),
    yellow: mark(codes.yellow),
    cyan: mark(codes.cyan),
  };
}
