/** `whorl database copy`: what a service alone has becomes shared. */

import { copyToShared } from '../../composition/database/copy-to-shared.ts';
import { readConfiguration } from '../../daemon/configuration/read-configuration.ts';
import { interruptSignal, requireGoingOn } from '../interruption.ts';
import { print } from '../print.ts';
import { progressBar } from '../progress-bar.ts';

/** Options of the command. */
export interface CopyOptions {
  readonly config?: string;
  readonly json?: boolean;
}

/** Copies; interrupted, it goes on when it is run again. */
export async function copy({ config, json = false }: CopyOptions): Promise<void> {
  const { configuration } = await readConfiguration(config);
  using bar = progressBar('templates and people');
  using interruption = interruptSignal();
  const report = await copyToShared(configuration, {
    onProgress(_what, done, total) {
      bar.update(done, total);
      requireGoingOn(interruption.signal);
    },
  });
  const { templates, before, people, putAside } = report;
  const lines = [
    `${templates} templates are shared${before > 0 ? `, ${before} of them since before` : ''}; ${people} rows of people`,
    ...putAside.map((file) => `nothing is read any more of ${file}: remove it once all is well`),
    'the journal is told to the others when the service has started',
  ];
  print(json, report, lines.join('\n'));
}
