/** CPU time of this process and of others, user and system together. Linux. */

import { readFileSync } from 'node:fs';

/** Microseconds of a tick of the kernel's process accounting. */
const TICK_US = 10_000;

/** Microseconds of CPU time so far: of this process with all its threads, and of the others. */
export function cpuTime(others: readonly number[] = []): number {
  const { user, system } = process.cpuUsage();
  return others.reduce((sum, pid) => sum + cpuTimeOf(pid), user + system);
}

/** Fields 14 and 15 of proc_pid_stat(5), which count from behind the name of the program. */
function cpuTimeOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(') ') + 2).split(' ');
  return TICK_US * (Number(fields[11]) + Number(fields[12]));
}
