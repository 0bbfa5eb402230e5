import { join } from 'node:path';
import type { FoundModel } from '../models/potts-file.ts';
import type { CommandContext } from '../spec/command-context.ts';

/** Where pictures and tables about a model go: --out, the artifacts of its run, or the folder that is open. */
export function artifactFolder({ globals }: CommandContext, { run }: Pick<FoundModel, 'run'>): string {
  return globals.out ?? (run ? join(run, 'artifacts') : '.');
}
