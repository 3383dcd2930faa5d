/** Hands out what is known of a person, or fingers for another system. */

import { useSignal } from '@preact/signals';
import type { JournalLine, Person } from '../../../../src/exports/whorl/client/browser.ts';
import { fingerName } from '../../../../src/exports/whorl/client/browser.ts';
import { Alert, Fault } from '../../parts/alert.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { saveFile } from '../../parts/save-file.ts';
import type { ConnectedService } from '../../service/connected-service.ts';
import { useWork } from '../../service/use-work.ts';
import { t } from '../../words/catalogue.ts';

export interface ExportDialogProps {
  readonly service: ConnectedService;
  readonly person: Person;
  readonly onClose: () => void;
}

/** Formats of templates. */
const FORMATS = {
  'iso-19794-2-2011': 'fmr',
  'iso-19794-2-2005': 'fmr',
  'ansi-378-2009': 'fmr',
  whorl: 'whorl',
} as const;

type Choice = 'all' | keyof typeof FORMATS;

export function ExportDialog({ service, person, onClose }: ExportDialogProps) {
  const choice = useSignal<Choice>('all');
  const work = useWork();
  const file = person.name.replace(/[^\p{L}\p{N}]+/gu, '-').toLowerCase();
  const run = async () => {
    const what = choice.value;
    const isDone = await work.run(() =>
      what === 'all' ? saveAll(service, person, file) : saveFingers(service, person, file, what),
    );
    if (isDone) onClose();
  };
  const choices: readonly (readonly [Choice, string])[] = [
    ['all', t('export.all')],
    ...(service.account.administrator
      ? ([
          ['iso-19794-2-2011', t('export.iso', { year: '2011' })],
          ['iso-19794-2-2005', t('export.iso', { year: '2005' })],
          ['ansi-378-2009', t('export.ansi')],
          ['whorl', t('export.whorl')],
        ] as const)
      : []),
  ];
  return (
    <Dialog
      title={t('export.title', { name: person.name })}
      onClose={onClose}
      actions={
        <button
          type="button"
          class="btn primary"
          disabled={work.isBusy || (choice.value !== 'all' && person.fingers.length === 0)}
          onClick={() => void run()}
        >
          {t('people.export')}
        </button>
      }
    >
      <fieldset class="stack-2">
        <legend class="label">{t('export.what')}</legend>
        {choices.map(([value, words]) => (
          <label class="check" key={value}>
            <input type="radio" name="what" checked={choice.value === value} onChange={() => (choice.value = value)} />
            {words}
          </label>
        ))}
      </fieldset>
      <Alert mood="info">
        <p>{choice.value === 'all' ? t('export.noPicture') : t('export.biometric')}</p>
      </Alert>
      {work.fault !== undefined && <Fault words={work.fault} />}
    </Dialog>
  );
}

async function saveAll(service: ConnectedService, person: Person, file: string): Promise<void> {
  const journal: JournalLine[] = [];
  let cursor: string | undefined;
  do {
    const page = await service.client.journal.list({
      identity: person.identity,
      limit: 1000,
      ...(cursor !== undefined && { cursor }),
    });
    journal.push(...page.items);
    cursor = page.next;
  } while (cursor !== undefined);
  saveFile(`${file}.json`, [JSON.stringify({ person, journal }, null, 2)], 'application/json');
}

async function saveFingers(
  service: ConnectedService,
  person: Person,
  file: string,
  format: keyof typeof FORMATS,
): Promise<void> {
  for (const { databaseId, subFactor } of person.fingers) {
    const bytes = await service.client.administration.exportTemplate({
      databaseId,
      identity: person.identity,
      subFactor,
      format,
    });
    saveFile(`${file}-${fingerName(subFactor)}.${FORMATS[format]}`, [Uint8Array.from(bytes)]);
  }
}
