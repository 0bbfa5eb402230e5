import type { RunRecord } from './run-record.ts';

/** A run's status; a `running` one whose process is gone counts as interrupted. */
export function liveStatus(record: RunRecord): RunRecord['status'] {
  return record.status === 'running' && !isAlive(record.process) ? 'interrupted' : record.status;
}

function isAlive(process_: number): boolean {
  try {
    process.kill(process_, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
