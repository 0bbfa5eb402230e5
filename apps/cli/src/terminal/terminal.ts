import { type Style, styleFor } from './style.ts';

/** How much is said, and in which form. */
export interface TerminalOptions {
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly color: boolean;
}

/** The only way to the person: data goes to standard output, everything else to standard error. */
export class Terminal {
  readonly quiet: boolean;
  readonly verbose: boolean;
  /** Styles for standard error. */
  readonly style: Style;
  /** Styles for standard output. */
  readonly dataStyle: Style;

  constructor(options: TerminalOptions) {
    this.quiet = options.quiet;
    this.verbose = options.verbose && !options.quiet;
    this.style = styleFor(process.stderr, options.color);
    this.dataStyle = styleFor(process.stdout, options.color);
  }

  /** Whether a person watches standard error. */
  get isInteractive(): boolean {
    return process.stderr.isTTY === true && !this.quiet;
  }

  /** A line of data, to standard output. */
  data(text: string): void {
    process.stdout.write(`${text}\n`);
  }

  /** What is going on; silent under --quiet. */
  note(text: string): void {
    if (!this.quiet) process.stderr.write(`${text}\n`);
  }

  /** More of what is going on; only under --verbose. */
  detail(text: string): void {
    if (this.verbose) process.stderr.write(`${this.style.dim(text)}\n`);
  }

  /** Something that a person must know although the work goes on. */
  warn(text: string): void {
    process.stderr.write(`${this.style.yellow('warning:')} ${text}\n`);
  }

  error(text: string): void {
    process.stderr.write(`${this.style.red(text)}\n`);
  }
}
