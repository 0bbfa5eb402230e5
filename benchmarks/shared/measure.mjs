import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Clock ticks per second in /proc: fixed by Linux's interface. */
const TICKS = 100;

/** CPU seconds of a running process and its finished children, all threads together. */
function cpuOf(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0) / TICKS;
}

/** Wall and CPU seconds of our own work, all threads together, and what it returned. */
export async function measure(work) {
  const cpu = process.cpuUsage();
  const begin = performance.now();
  const value = await work();
  const wall = (performance.now() - begin) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  return { value, wall, cpu: (user + system) / 1e6 };
}

/**
 * Runs a peer's program and measures it. `until` is asked with each line that it prints, on either stream; where it
 * says true the measurement ends and the program is stopped.
 * @returns wall and CPU seconds, everything printed, and the exit status (0 where `until` ended it).
 */
export function measureProgram(program, args, { until, env, cwd } = {}) {
  const begin = performance.now();
  const child = spawn(program, args, { cwd, env: { ...process.env, ...env } });
  const printed = [];
  let cpu = 0;
  let reached = false;
  return new Promise((resolve, reject) => {
    // The last look before the end misses at most one interval.
    const watch = setInterval(() => {
      try {
        cpu = cpuOf(child.pid);
      } catch {}
    }, 20);
    const read = (chunk) => {
      const text = String(chunk);
      printed.push(text);
      if (reached || !until || !text.split('\n').some(until)) return;
      reached = true;
      cpu = cpuOf(child.pid);
      child.kill('SIGKILL');
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.on('error', (error) => {
      clearInterval(watch);
      reject(error);
    });
    child.on('close', (code) => {
      clearInterval(watch);
      const wall = (performance.now() - begin) / 1000;
      resolve({ wall, cpu, output: printed.join(''), status: reached ? 0 : code });
    });
  });
}
