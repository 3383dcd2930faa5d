/** `whorl tour`: shows step by step what Whorl does and how long it takes, then serves the console. */

import { existsSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CONSOLE_PORT } from '../../daemon/configuration/console-port.ts';
import { connect } from '../../exports/whorl/index.ts';
import { EXIT_INTERRUPTED } from '../exit-codes.ts';
import { freePort } from './free-port.ts';
import { announce, startService, stopSignal } from './serve.ts';
import { TourPrinter, type TourPrinterOptions } from './tour-printer.ts';
import { walk } from './tour-walk.ts';

/** Options of the command. */
export interface TourOptions extends TourPrinterOptions {
  /** Stop after the walk. */
  readonly once?: boolean;
  /** Port of the console that follows. Default: 17737, or the next one that is free. */
  readonly http?: string;
}

/** State of the service that follows, in the current folder. */
const STATE_DIRECTORY = '.whorl';

/**
 * Runs the tour, then a service with the console; rejects with the first thing that does not go as it should. The service
 * starts first, so that what is in its way is known at once.
 */
export async function tour(options: TourOptions = {}): Promise<void> {
  const printer = new TourPrinter(options);
  if (options.once === true) {
    await walkThrough(printer);
    return printer.title('Done.');
  }
  const startedAtMs = performance.now();
  const port = options.http === undefined ? await freePort(CONSOLE_PORT) : Number(options.http);
  if (options.http === undefined && port !== CONSOLE_PORT) {
    process.stderr.write(`port ${CONSOLE_PORT} is taken; the console will be on port ${port}\n`);
  }
  const directory = resolve(STATE_DIRECTORY);
  const configuration = { state: { directory }, log: { level: 'warn' }, http: { port } } as const;
  await using daemon = await startService(configuration, { folder: process.cwd() });
  ignoreInGit(directory);
  const readyMs = Math.round(performance.now() - startedAtMs);
  const interrupted = async () => {
    await daemon[Symbol.asyncDispose]();
    process.exit(EXIT_INTERRUPTED);
  };
  process.once('SIGINT', interrupted);
  await walkThrough(printer);
  process.off('SIGINT', interrupted);
  printer.title('Now you: open the console and touch the virtual reader');
  const { json = false } = options;
  await announce(daemon, { json, readyMs, hint: `WHORL_HOME=${directory}` });
  await stopSignal();
}

/** Keys and templates of a tour belong into no repository. */
function ignoreInGit(directory: string): void {
  const file = join(directory, '.gitignore');
  if (!existsSync(file)) writeFileSync(file, '*\n');
}

async function walkThrough(printer: TourPrinter): Promise<void> {
  const began = performance.now();
  printer.title('Whorl: a service, a virtual reader and synthetic fingers');
  await using service = await connect({ embedded: { state: 'memory' } });
  const [unit] = await service.units();
  printer.step('embedded service', `unit ${unit?.unitId}: ${unit?.description}`, performance.now() - began);
  await walk(service, printer);
}
