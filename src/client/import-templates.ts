/** Imports prints of other products; what does the work is loaded with the first import. */

import { BiometricError } from '../core/biometric-error.ts';
import { checkOptions, databaseGuid, flag, type OptionTable, signal } from '../core/option-rules.ts';
import type { ImportReport, ImportSettings, TemplateRow } from '../core/template-import.ts';
import type { ServiceChannel } from './service-channel.ts';

/** Options of an import. */
export interface ImportTemplatesOptions extends ImportSettings {
  /**
   * Aborting it sends no further row. The reports of rows that are on their way still come; then the import rejects with
   * WINBIO_E_CANCELED. What is stored stays. Default: none.
   */
  readonly signal?: AbortSignal;
}

const resolution = (value: unknown) =>
  typeof value === 'number' && value >= 1 && value <= 25_400 ? undefined : 'pixels per inch, 1 to 25400';

const OPTIONS: OptionTable<ImportTemplatesOptions> = {
  databaseId: databaseGuid,
  dryRun: flag,
  replace: flag,
  upgrade: flag,
  refuseDuplicates: flag,
  lenient: flag,
  resolutionPpi: resolution,
  signal,
};

/** Checks the options at once, then imports as its result is read. */
export function importTemplates(
  channel: ServiceChannel,
  rows: AsyncIterable<TemplateRow> | Iterable<TemplateRow>,
  options: ImportTemplatesOptions,
): AsyncGenerator<ImportReport, void, void> {
  checkOptions('importTemplates', options, OPTIONS);
  if (options.upgrade === true && (options.replace === true || options.refuseDuplicates === true)) {
    throw new BiometricError('E_INVALIDARG', 'importTemplates: an upgrade neither replaces nor adds templates');
  }
  if (options.databaseId === undefined) {
    throw new BiometricError('E_INVALIDARG', 'importTemplates: databaseId is missing; give the GUID of a database');
  }
  const { signal: given, ...settings } = options;
  return importing(channel, rows, settings, given);
}

async function* importing(
  ...given: Parameters<typeof import('./import-rows.ts').importRows>
): AsyncGenerator<ImportReport, void, void> {
  const { importRows } = await import('./import-rows.ts');
  yield* importRows(...given);
}
