/** The audit log: who did what, filtered, and whether its chain is whole. */

import { useSignal } from '@preact/signals';
import { type AuditEntry, type AuditReport, codeName } from '../../../../src/exports/whorl/client/browser.ts';
import { address, changeQuery, linkTo } from '../../browser/address.ts';
import { preferences } from '../../browser/preferences.ts';
import type { PageProps } from '../../frame/page-props.ts';
import { SettingsFrame } from '../../frame/settings-frame.tsx';
import { Alert, Fault } from '../../parts/alert.tsx';
import { Chip } from '../../parts/chip.tsx';
import { DataTable, LoadingRows } from '../../parts/data-table.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Field } from '../../parts/field.tsx';
import { Icon } from '../../parts/icon.tsx';
import { FROM_THE_START, Pager, placeInList } from '../../parts/pager.tsx';
import { saveFile } from '../../parts/save-file.ts';
import { useAnswer } from '../../service/use-answer.ts';
import { useWork } from '../../service/use-work.ts';
import { t } from '../../words/catalogue.ts';
import { capitalized, fingerWords } from '../../words/finger-words.ts';
import { dateTimeText, dayKey, dayStart, numberText } from '../../words/formats.ts';

const DAY_MS = 86_400_000;
/** HRESULTs of failures have their highest bit set. */
const FAILED = 0x8000_0000;

export function AuditPage({ service }: PageProps) {
  const { action = '', day = '' } = address.value.query;
  const fromMs = dayStart(day);
  const asked = {
    ...(action !== '' && { action }),
    ...(fromMs !== undefined && { fromMs, untilMs: new Date(fromMs + 1.5 * DAY_MS).setHours(0, 0, 0, 0) }),
  };
  const { cursor } = placeInList();
  const limit = preferences.rows.value;
  const list = useAnswer(
    () => service.client.upkeep.audit({ ...asked, limit, ...(cursor !== undefined && { cursor }) }),
    [service, action, day, cursor, limit],
  );
  const report = useSignal<AuditReport | undefined>(undefined);
  const work = useWork();
  const verify = () =>
    work.run(async () => {
      report.value = await service.client.upkeep.verifyAudit();
    });
  const exportAll = () =>
    work.run(async () => {
      const lines: string[] = [];
      let next: string | undefined;
      do {
        const page = await service.client.upkeep.audit({
          ...asked,
          limit: 1000,
          ...(next !== undefined && { cursor: next }),
        });
        lines.push(...page.items.map((each) => `${JSON.stringify(each)}\n`));
        next = page.next;
      } while (next !== undefined);
      saveFile(`audit-${dayKey(Date.now())}.jsonl`, lines, 'application/x-ndjson');
    });
  return (
    <SettingsFrame
      page="audit"
      actions={
        <>
          <button type="button" class="btn" disabled={work.isBusy} onClick={() => void verify()}>
            <Icon name="shield" />
            <span class="t">{t('audit.verify')}</span>
          </button>
          <button type="button" class="btn" disabled={work.isBusy} onClick={() => void exportAll()}>
            <Icon name="download" />
            <span class="t">{t('people.export')}</span>
          </button>
        </>
      }
    >
      {work.fault !== undefined && <Fault words={work.fault} />}
      {report.value !== undefined &&
        (report.value.brokenAt === undefined ? (
          <Alert mood="ok" icon="shield" title={t('audit.whole')} arrives>
            <p>{t('audit.whole.text', { count: report.value.lines })}</p>
          </Alert>
        ) : (
          <Alert mood="bad" title={t('audit.broken', { number: numberText(report.value.brokenAt) })} arrives>
            <p>{t('audit.broken.text')}</p>
          </Alert>
        ))}
      <search class="filters">
        <Field label={t('audit.action')}>
          <input
            type="search"
            list="audit-actions"
            value={action}
            onChange={(event) => changeQuery({ ...FROM_THE_START, action: event.currentTarget.value.trim() })}
          />
          <datalist id="audit-actions">
            {[...new Set(list.value?.items.map((each) => each.action))].map((each) => (
              <option key={each} value={each} />
            ))}
          </datalist>
        </Field>
        <Field label={t('attendance.day')}>
          <input
            type="date"
            value={day}
            max={dayKey(Date.now())}
            onChange={(event) => changeQuery({ ...FROM_THE_START, day: event.currentTarget.value })}
          />
        </Field>
      </search>
      <section class="card flush">
        {list.fault !== undefined && <Fault words={list.fault} />}
        {list.value === undefined && list.fault === undefined && <LoadingRows count={8} />}
        {list.value?.items.length === 0 && (
          <Empty
            title={t('audit.none')}
            actions={
              <a class="btn" href={linkTo('audit')}>
                {t('clear')}
              </a>
            }
          />
        )}
        {list.value !== undefined && list.value.items.length > 0 && (
          <>
            <DataTable
              caption={t('audit.title')}
              columns={COLUMNS()}
              rows={list.value.items}
              keyOf={({ number }) => number}
              isLoading={list.isLoading}
            />
            <Pager total={list.value.total} shown={list.value.items.length} next={list.value.next} />
          </>
        )}
      </section>
    </SettingsFrame>
  );
}

const COLUMNS = () =>
  [
    {
      name: 'number',
      title: t('audit.number'),
      phone: 'hidden',
      class: 'mono small',
      cell: ({ number }: AuditEntry) => numberText(number),
    },
    {
      name: 'when',
      title: t('journal.when'),
      phone: 'trail',
      class: 'nowrap',
      cell: ({ atMs }: AuditEntry) => dateTimeText(atMs),
    },
    {
      name: 'what',
      title: t('audit.action'),
      phone: 'lead',
      // Names of actions are those of the log, so that what is read here can be searched there.
      cell: ({ action, subFactor, count }: AuditEntry) => (
        <>
          <b lang="en">{capitalized(action.replaceAll('-', ' '))}</b>
          {subFactor !== undefined && subFactor > 0 && <span class="quiet"> {fingerWords(subFactor)}</span>}
          {count !== undefined && <span class="quiet"> {numberText(count)}</span>}
        </>
      ),
    },
    {
      name: 'result',
      title: t('journal.result'),
      phone: 'field',
      cell: ({ hresult }: AuditEntry) =>
        hresult >= FAILED ? <Chip mood="bad">{t('audit.refused')}</Chip> : <Chip mood="ok">{t('audit.done')}</Chip>,
    },
    {
      name: 'who',
      title: t('forDevelopers'),
      phone: 'hidden',
      class: 'xs quiet',
      cell: ({ sid, owner, hresult }: AuditEntry) => (
        <details>
          <summary>{t('fault.details')}</summary>
          <span class="mono" dir="ltr">
            {[sid, owner ?? '', codeName(hresult)].filter((each) => each !== '').join(' · ')}
          </span>
        </details>
      ),
    },
  ] as const;
