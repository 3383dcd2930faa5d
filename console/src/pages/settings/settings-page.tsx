/** Settings of the service by group, each with its value and where that comes from; and those of this browser. */

import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Setting, SettingProblem } from '../../../../src/exports/whorl/client/browser.ts';
import { guardLeaving } from '../../browser/address.ts';
import type { PageProps } from '../../frame/page-props.ts';
import { SettingsFrame } from '../../frame/settings-frame.tsx';
import { Alert, Fault } from '../../parts/alert.tsx';
import { LoadingRows } from '../../parts/data-table.tsx';
import { Field } from '../../parts/field.tsx';
import { toast } from '../../parts/toasts.tsx';
import { useAnswer } from '../../service/use-answer.ts';
import { useWork } from '../../service/use-work.ts';
import { t } from '../../words/catalogue.ts';
import { SettingRow } from './setting-row.tsx';
import { settingGroup, settingTitle } from './setting-words.ts';
import { ThisBrowser } from './this-browser.tsx';

/** Wait after a change before the service is asked whether it may be. */
const PAUSE_MS = 300;

export function SettingsPage({ service }: PageProps) {
  const report = useAnswer(() => service.client.upkeep.settings(), [service]);
  const changes = useSignal<Readonly<Record<string, unknown>>>({});
  const problems = useSignal<readonly SettingProblem[]>([]);
  const text = useSignal('');
  const work = useWork();
  const count = Object.keys(changes.value).length;
  useEffect(() => {
    if (count === 0) {
      problems.value = [];
      return;
    }
    let gone = false;
    const timer = setTimeout(() => {
      service.client.upkeep.checkSettings(changes.value).then(
        (found) => {
          if (!gone) problems.value = found;
        },
        // What is wrong shows when it is saved.
        () => undefined,
      );
    }, PAUSE_MS);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [changes.value]);
  const asked = useRef(false);
  useEffect(() => {
    if (count === 0) return;
    return guardLeaving(() => {
      if (asked.current) return true;
      asked.current = true;
      toast({ mood: 'bad', text: t('settings.unsaved', { count }) });
      return false;
    });
  }, [count]);
  const save = async () => {
    if (report.value === undefined) return;
    const { revision } = report.value;
    if (!(await work.run(() => service.client.upkeep.saveSettings(changes.value, revision)))) return;
    changes.value = {};
    toast({ text: t('saved') });
    report.reload();
  };
  const settings = report.value?.settings ?? [];
  const wanted = text.value.trim().toLocaleLowerCase();
  const shown = settings.filter((each) =>
    `${each.key} ${settingTitle(each)} ${each.description}`.toLocaleLowerCase().includes(wanted),
  );
  const ordered = [...shown].sort((a, b) => rankOf(a) - rankOf(b));
  const groups = [...new Set(ordered.map(({ key }) => settingGroup(key)))];
  const pending = settings.filter((each) => each.pending).length;
  return (
    <SettingsFrame page="settings">
      <ThisBrowser />
      {report.fault !== undefined && <Fault words={report.fault} />}
      {report.value === undefined && report.fault === undefined && (
        <section class="card">
          <LoadingRows count={8} />
        </section>
      )}
      {report.value !== undefined && (
        <>
          {pending > 0 && (
            <Alert
              mood="warn"
              title={t('settings.pending', { count: pending })}
              actions={
                report.value.canRestart ? (
                  <button
                    type="button"
                    class="btn small"
                    disabled={work.isBusy}
                    onClick={() => void work.run(() => service.client.upkeep.restart())}
                  >
                    {t('settings.restart')}
                  </button>
                ) : undefined
              }
            >
              <p>{report.value.canRestart ? t('settings.pending.text') : t('settings.pending.byHand')}</p>
            </Alert>
          )}
          {!report.value.writable && (
            <Alert mood="info" title={t('settings.readOnly')}>
              <p>{t('settings.readOnly.text')}</p>
            </Alert>
          )}
          <Field label={t('settings.find')}>
            <input type="search" value={text.value} onInput={(event) => (text.value = event.currentTarget.value)} />
          </Field>
          {groups.map((group) => (
            <section class="card flush" key={group} aria-label={group}>
              <div class="card-head">
                <h2>{group}</h2>
              </div>
              {shown
                .filter(({ key }) => settingGroup(key) === group)
                .map((setting: Setting) => (
                  <SettingRow
                    key={setting.key}
                    setting={setting}
                    isWritable={report.value?.writable === true}
                    change={changes.value[setting.key]}
                    isChanged={setting.key in changes.value}
                    problem={problems.value.find(({ key }) => key === setting.key || key.startsWith(`${setting.key}.`))}
                    onChange={(value) => {
                      asked.current = false;
                      changes.value = { ...changes.value, [setting.key]: value };
                    }}
                    onForget={() => {
                      const { [setting.key]: _, ...others } = changes.value;
                      changes.value = others;
                    }}
                  />
                ))}
            </section>
          ))}
          {report.value.file !== undefined && (
            <details class="small">
              <summary class="quiet">{t('forDevelopers')}</summary>
              <p class="mono xs" dir="ltr">
                {report.value.file}
              </p>
            </details>
          )}
        </>
      )}
      {count > 0 && (
        <section class="savebar" aria-label={t('settings.changes')}>
          <b role="status">{t('settings.changed', { count })}</b>
          {problems.value.length > 0 && (
            <span class="problem">{t('settings.problems', { count: problems.value.length })}</span>
          )}
          <span class="grow" />
          {work.fault !== undefined && <Fault words={work.fault} />}
          <button type="button" class="btn" onClick={() => (changes.value = {})}>
            {t('settings.discard')}
          </button>
          <button
            type="button"
            class="btn primary"
            disabled={work.isBusy || problems.value.length > 0}
            onClick={() => void save()}
          >
            {t('save')}
          </button>
        </section>
      )}
    </SettingsFrame>
  );
}

/** What is changed with a click stands first, what only the file may say stands last. */
function rankOf({ kind, locked }: Setting): number {
  return (locked === undefined ? 0 : 2) + (kind === 'json' ? 1 : 0);
}
