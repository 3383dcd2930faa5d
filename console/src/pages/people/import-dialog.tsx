/** Imports people from a CSV table: first what it would do, row by row; then it is done. */

import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { PersonImportReport } from '../../../../src/exports/whorl/client/browser.ts';
import { Alert, Fault } from '../../parts/alert.tsx';
import { Chip, type Mood } from '../../parts/chip.tsx';
import { DataTable } from '../../parts/data-table.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Progress } from '../../parts/meter.tsx';
import { saveFile } from '../../parts/save-file.ts';
import { toast } from '../../parts/toasts.tsx';
import type { ConnectedService } from '../../service/connected-service.ts';
import { useWork } from '../../service/use-work.ts';
import { t } from '../../words/catalogue.ts';

export interface ImportDialogProps {
  readonly service: ConnectedService;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

const MOODS: Readonly<Record<PersonImportReport['kind'], Mood>> = {
  create: 'ok',
  update: 'on',
  same: 'plain',
  rejected: 'bad',
};
/** Rows that are shown; the report has all of them. */
const MOST = 200;
/** An example that can be filled in. */
const EXAMPLE =
  'name,number,groups,note,valid from,valid until,hours,places\nAda Lovelace,1042,Staff;Keyholders,,2026-01-01,,1-5 08:00-18:00,\n';

export function ImportDialog({ service, onClose, onDone }: ImportDialogProps) {
  const file = useSignal<{ readonly name: string; readonly csv: string } | undefined>(undefined);
  const reports = useSignal<readonly PersonImportReport[] | undefined>(undefined);
  const progress = useSignal(0);
  const isDone = useSignal(false);
  const work = useWork();
  const stop = useRef(new AbortController());
  useEffect(() => () => stop.current.abort(), []);
  const run = (csv: string, preview: boolean) =>
    work.run(async () => {
      progress.value = 0;
      const onProgress = (done: number, total: number) => (progress.value = total === 0 ? 100 : (100 * done) / total);
      reports.value = await service.client.people.import(csv, { preview, onProgress, signal: stop.current.signal });
    });
  const take = async (chosen: File | undefined) => {
    if (chosen === undefined) return;
    const csv = await chosen.text();
    file.value = { name: chosen.name, csv };
    isDone.value = false;
    await run(csv, true);
  };
  const commit = async () => {
    if (file.value === undefined || !(await run(file.value.csv, false))) return;
    isDone.value = true;
    const changed = counted('create') + counted('update');
    toast({ text: t('import.done', { count: changed }) });
    onDone();
  };
  const counted = (kind: PersonImportReport['kind']) => reports.value?.filter((each) => each.kind === kind).length ?? 0;
  const usable = counted('create') + counted('update');
  return (
    <Dialog
      title={t('people.import')}
      large
      closeLabel={isDone.value ? t('close') : t('cancel')}
      onClose={onClose}
      actions={
        <>
          {isDone.value && reports.value !== undefined && (
            <button type="button" class="btn" onClick={() => saveReport(reports.value ?? [])}>
              <Icon name="download" />
              {t('import.report')}
            </button>
          )}
          {!isDone.value && reports.value !== undefined && (
            <button
              type="button"
              class="btn primary"
              disabled={work.isBusy || usable === 0}
              onClick={() => void commit()}
            >
              {t('import.run', { count: usable })}
            </button>
          )}
        </>
      }
    >
      <label class="drop">
        <Icon name="file" />
        <span class="grow">
          {file.value === undefined ? (
            t('import.choose')
          ) : (
            <b class="ink">
              <bdi>{file.value.name}</bdi>
            </b>
          )}
        </span>
        <span class="btn small" aria-hidden="true">
          {t('import.chooseFile')}
        </span>
        <input
          class="sr"
          type="file"
          accept=".csv,text/csv"
          aria-label={t('import.chooseFile')}
          onChange={(event) => void take(event.currentTarget.files?.[0])}
        />
      </label>
      {file.value === undefined && (
        <p class="help">
          {t('import.columns')} <code>name, number, groups, note, valid from, valid until, hours, places</code>{' '}
          <button type="button" class="btn plain small" onClick={() => saveFile('people.csv', [EXAMPLE], 'text/csv')}>
            {t('import.example')}
          </button>
        </p>
      )}
      {work.isBusy && <Progress label={t('import.progress')} percent={progress.value} />}
      {work.fault !== undefined && <Fault words={work.fault} />}
      {reports.value !== undefined && (
        <>
          <div class="chips" role="status">
            {(['create', 'update', 'same', 'rejected'] as const).map((kind) => (
              <Chip key={kind} mood={counted(kind) === 0 ? 'plain' : MOODS[kind]}>
                {t(`import.count.${kind}`, { count: counted(kind) })}
              </Chip>
            ))}
          </div>
          {counted('rejected') > 0 && (
            <Alert mood="warn" title={t('import.problems', { count: counted('rejected') })}>
              <p>{t('import.problems.text')}</p>
            </Alert>
          )}
          <DataTable
            caption={t('import.rows')}
            rows={[...reports.value]
              .sort((a, b) => Number(b.kind === 'rejected') - Number(a.kind === 'rejected') || a.row - b.row)
              .slice(0, MOST)}
            keyOf={({ row }) => row}
            columns={[
              { name: 'row', title: t('import.row'), phone: 'trail', class: 'mono', cell: ({ row }) => row },
              { name: 'name', title: t('people.name'), phone: 'lead', cell: ({ name }) => <bdi>{name}</bdi> },
              {
                name: 'what',
                title: t('import.what'),
                phone: 'field',
                cell: ({ kind }) => <Chip mood={MOODS[kind]}>{t(`import.kind.${kind}`)}</Chip>,
              },
              {
                name: 'why',
                title: t('import.why'),
                phone: 'field',
                class: 'small quiet',
                // What the service says about a cell names columns and values of the file: it is not for the catalogue.
                cell: ({ column, message }) =>
                  message === undefined ? (
                    ''
                  ) : (
                    <span lang="en" dir="ltr">
                      {column === undefined ? message : `${column}: ${message}`}
                    </span>
                  ),
              },
            ]}
          />
        </>
      )}
    </Dialog>
  );
}

function saveReport(reports: readonly PersonImportReport[]): void {
  const cell = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const rows = reports.map(({ row, kind, name, column = '', message = '' }) => [
    String(row),
    kind,
    name,
    column,
    message,
  ]);
  const text = [['row', 'result', 'name', 'column', 'message'], ...rows]
    .map((each) => each.map(cell).join(','))
    .join('\n');
  saveFile('import-report.csv', [`${text}\n`], 'text/csv');
}
