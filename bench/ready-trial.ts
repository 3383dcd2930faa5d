/** What is measured of a service that starts with many templates. */

import { closeSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { compose } from '../src/composition/compose/compose.ts';
import type { ServiceConfiguration } from '../src/composition/configuration/service-configuration.ts';

const seconds = (from: number): number => Math.round(performance.now() - from) / 1000;

/** Starts a service and waits until all templates can be found. */
export async function startTrial(stateDirectory: string, configuration: ServiceConfiguration = {}) {
  const start = performance.now();
  const cpu = process.cpuUsage();
  let longest = 0;
  let last = performance.now();
  const watch = setInterval(() => {
    longest = Math.max(longest, performance.now() - last - 5);
    last = performance.now();
  }, 5);
  await using composition = await compose({ ...configuration, state: { directory: stateDirectory } });
  const answersSeconds = seconds(start);
  let templates = 0;
  for (let loading = composition.service.loading; loading.length > 0; loading = composition.service.loading) {
    templates = loading.reduce((sum, { total }) => sum + total, 0);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  const loadedSeconds = seconds(start);
  let coded = false;
  while (!coded) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    coded =
      composition.engineThreads.waiting === 0 && composition.engineThreads.busyMs === (await busyLater(composition));
  }
  clearInterval(watch);
  const { user, system } = process.cpuUsage(cpu);
  return {
    ...(templates > 0 && { templates }),
    answersSeconds,
    loadedSeconds,
    readySeconds: seconds(start),
    cpuSeconds: Math.round((user + system) / 1000) / 1000,
    longestBlockMs: Math.round(longest),
    residentMb: Math.round(process.memoryUsage.rss() / 1e6),
  };
}

async function busyLater({ engineThreads }: { readonly engineThreads: { readonly busyMs: number } }): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, 100));
  return engineThreads.busyMs;
}

/** Reads the database and the ledger once. */
export function readingFloor(stateDirectory: string) {
  const start = performance.now();
  const buffer = new Uint8Array(1 << 20);
  let bytes = 0;
  for (const name of readdirSync(stateDirectory, { recursive: true, encoding: 'utf8' })) {
    const path = join(stateDirectory, name);
    if (!statSync(path).isFile() || !/\.(db|ledger)$/.test(name)) continue;
    const file = openSync(path, 'r');
    for (let read = 1; read > 0; bytes += read) read = readSync(file, buffer, 0, buffer.length, null);
    closeSync(file);
  }
  return { floorSeconds: seconds(start), megabytes: Math.round(bytes / 1e6) };
}
