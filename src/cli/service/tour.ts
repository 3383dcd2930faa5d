/** `whorl tour`: shows step by step what Whorl does and how long it takes, then serves the console. */

import { resolve } from 'node:path';
import { connect } from '../../exports/whorl/index.ts';
import { TourPrinter, type TourPrinterOptions } from './tour-printer.ts';
import { walk } from './tour-walk.ts';

/** Options of the command. */
export interface TourOptions extends TourPrinterOptions {
  /** Stop after the walk. */
  readonly once?: boolean;
  /** Port of the console that follows. */
  readonly http?: string;
}

/** State of the service that follows, in the current folder. */
const STATE_DIRECTORY = '.whorl';

/** Runs the tour, then a service with the console; rejects with the first thing that does not go as it should. */
export async function tour(options: TourOptions = {}): Promise<void> {
  const printer = new TourPrinter(options);
  await walkThrough(printer);
  if (options.once === true) return printer.title('Done.');
  printer.title('Now you: open the console and touch the virtual reader');
  const { run, httpOf } = await import('./serve.ts');
  const directory = resolve(STATE_DIRECTORY);
  const configuration = { state: { directory }, log: { level: 'warn' }, http: httpOf(options.http) } as const;
  const { json = false } = options;
  const startedAtMs = performance.now();
  await run(configuration, { folder: process.cwd(), json, startedAtMs, hint: `WHORL_HOME=${directory}` });
}

async function walkThrough(printer: TourPrinter): Promise<void> {
  const began = performance.now();
  printer.title('Whorl: a service, a virtual reader and synthetic fingers');
  await using service = await connect({ embedded: { state: 'memory' } });
  const [unit] = await service.units();
  printer.step('embedded service', `unit ${unit?.unitId}: ${unit?.description}`, performance.now() - began);
  await walk(service, printer);
}
