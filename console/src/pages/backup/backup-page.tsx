/** Backups of the service: made, checked, restored while it runs; and new keys. */

import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { BackupCheck, BackupReport, UpkeepJob } from '../../../../src/exports/whorl/client/browser.ts';
import { linkTo } from '../../browser/address.ts';
import type { PageProps } from '../../frame/page-props.ts';
import { SettingsFrame } from '../../frame/settings-frame.tsx';
import { Alert, Fault } from '../../parts/alert.tsx';
import { Chip } from '../../parts/chip.tsx';
import { DataTable, LoadingRows } from '../../parts/data-table.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Menu } from '../../parts/menu.tsx';
import { Progress } from '../../parts/meter.tsx';
import { toast } from '../../parts/toasts.tsx';
import { nowMs } from '../../service/clock.ts';
import type { ConnectedService } from '../../service/connected-service.ts';
import { useAnswer } from '../../service/use-answer.ts';
import { useWork } from '../../service/use-work.ts';
import { t } from '../../words/catalogue.ts';
import { bytesText, dateTimeText, spanText } from '../../words/formats.ts';

const JOB_EVERY_MS = 700;
/** A backup older than this is worth a word. */
const OLD_MS = 2 * 86_400_000;

export function BackupPage({ service }: PageProps) {
  const list = useAnswer(() => service.client.upkeep.backups(), [service]);
  const making = useSignal(false);
  const restoring = useSignal<BackupReport | undefined>(undefined);
  const removing = useSignal<BackupReport | undefined>(undefined);
  const checked = useSignal<BackupCheck | undefined>(undefined);
  const rotating = useSignal(false);
  const work = useWork();
  const job = useJob(service);
  const newest = list.value?.backups[0];
  const schedule = list.value?.schedule;
  const check = (name: string) =>
    work.run(async () => {
      checked.value = await service.client.upkeep.checkBackup(name);
    });
  return (
    <SettingsFrame
      page="backup"
      actions={
        <button
          type="button"
          class="btn primary"
          disabled={list.value === undefined}
          onClick={() => (making.value = true)}
        >
          <Icon name="add" />
          <span class="t">{t('backup.make')}</span>
        </button>
      }
    >
      {job?.kind !== undefined && (
        <section class="card" role="status">
          <p>{t(`backup.job.${job.kind}`)}</p>
          <Progress label={t(`backup.job.${job.kind}`)} percent={job.total === 0 ? 0 : (100 * job.done) / job.total} />
          {job.kind === 'backup' && (
            <div class="actions">
              <button
                type="button"
                class="btn small"
                onClick={() => void service.client.upkeep.endJob().catch(() => undefined)}
              >
                {t('cancel')}
              </button>
            </div>
          )}
        </section>
      )}
      {list.fault !== undefined && <Fault words={list.fault} />}
      {work.fault !== undefined && <Fault words={work.fault} />}
      {list.value !== undefined && newest !== undefined && nowMs.value - newest.madeAtMs > OLD_MS && (
        <Alert mood="warn" title={t('backup.old', { span: spanText(nowMs.value - newest.madeAtMs) })}>
          <p>{t('backup.old.text')}</p>
        </Alert>
      )}
      {checked.value !== undefined && (
        <Alert
          mood={checked.value.problems.length === 0 ? 'ok' : 'bad'}
          title={
            checked.value.problems.length === 0
              ? t('backup.good')
              : t('backup.bad', { count: checked.value.problems.length })
          }
          arrives
        >
          <p>{t('backup.checked', { count: checked.value.files, templates: checked.value.templates })}</p>
          {checked.value.problems.map((each) => (
            <p key={each} class="small" lang="en" dir="ltr">
              {each}
            </p>
          ))}
        </Alert>
      )}
      <section class="card flush" aria-labelledby="backups-title">
        <div class="card-head">
          <h2 id="backups-title">{t('backup.list')}</h2>
          <span class="grow" />
          <span class="quiet small">
            {schedule === undefined
              ? t('backup.noSchedule')
              : t('backup.schedule', { count: schedule.everyHours, keep: schedule.keep })}{' '}
            <a href={linkTo('settings')}>{t('backup.changeSchedule')}</a>
          </span>
        </div>
        {list.value === undefined && list.fault === undefined && <LoadingRows count={3} />}
        {list.value?.backups.length === 0 && <Empty title={t('backup.none')}>{t('backup.none.text')}</Empty>}
        {list.value !== undefined && list.value.backups.length > 0 && (
          <DataTable
            caption={t('backup.list')}
            rows={list.value.backups}
            keyOf={({ name }) => name}
            columns={[
              {
                name: 'when',
                title: t('journal.when'),
                phone: 'lead',
                cell: ({ madeAtMs }) => <b>{dateTimeText(madeAtMs)}</b>,
              },
              {
                name: 'size',
                title: t('backup.size'),
                phone: 'field',
                class: 'num',
                cell: ({ bytes }) => bytesText(bytes),
              },
              {
                name: 'key',
                title: t('backup.key'),
                phone: 'field',
                cell: ({ withKey }) => (
                  <Chip mood={withKey ? 'warn' : 'plain'} icon="key">
                    {withKey ? t('backup.withKey') : t('backup.withoutKey')}
                  </Chip>
                ),
              },
              {
                name: 'version',
                title: t('backup.version'),
                phone: 'hidden',
                class: 'mono small',
                cell: ({ version }) => version,
              },
              {
                name: 'more',
                title: '',
                phone: 'trail',
                cell: (backup) => (
                  <Menu
                    label={t('people.moreFor', { name: dateTimeText(backup.madeAtMs) })}
                    items={[
                      { label: t('backup.check'), icon: 'shield', onChoose: () => void check(backup.name) },
                      { label: t('backup.restore'), icon: 'again', onChoose: () => (restoring.value = backup) },
                      {
                        label: t('backup.remove'),
                        icon: 'delete',
                        danger: true,
                        onChoose: () => (removing.value = backup),
                      },
                    ]}
                  />
                ),
              },
            ]}
          />
        )}
      </section>
      <section class="card" aria-labelledby="key-title">
        <h2 id="key-title">{t('backup.keyTitle')}</h2>
        <p class="quiet">{t('backup.keyText')}</p>
        <div class="actions">
          <button type="button" class="btn" disabled={job?.kind !== undefined} onClick={() => (rotating.value = true)}>
            <Icon name="key" />
            {t('backup.rotate')}
          </button>
        </div>
      </section>
      {list.value !== undefined && (
        <details class="small">
          <summary class="quiet">{t('forDevelopers')}</summary>
          <p class="mono xs" dir="ltr">
            {list.value.folder}
          </p>
        </details>
      )}
      {making.value && <MakeDialog service={service} onClose={() => (making.value = false)} onDone={list.reload} />}
      {restoring.value !== undefined && (
        <RestoreDialog service={service} backup={restoring.value} onClose={() => (restoring.value = undefined)} />
      )}
      {removing.value !== undefined && (
        <Confirm
          title={t('backup.remove.ask', { time: dateTimeText(removing.value.madeAtMs) })}
          text={t('backup.remove.text')}
          label={t('backup.remove')}
          run={() => service.client.upkeep.removeBackup(removing.value?.name ?? '')}
          onClose={() => (removing.value = undefined)}
          onDone={list.reload}
        />
      )}
      {rotating.value && (
        <Confirm
          title={t('backup.rotate')}
          text={t('backup.rotate.text')}
          label={t('backup.rotate')}
          run={() => service.client.upkeep.rotateKeys()}
          onClose={() => (rotating.value = false)}
          onDone={() => toast({ text: t('backup.rotated') })}
        />
      )}
    </SettingsFrame>
  );
}

function useJob(service: ConnectedService): UpkeepJob | undefined {
  const job = useSignal<UpkeepJob | undefined>(undefined);
  useEffect(() => {
    const read = () =>
      service.client.upkeep.job().then(
        (now) => (job.value = now),
        () => undefined,
      );
    void read();
    const timer = setInterval(() => void read(), JOB_EVERY_MS);
    return () => clearInterval(timer);
  }, [service]);
  return job.value;
}

function MakeDialog({
  service,
  onClose,
  onDone,
}: {
  readonly service: ConnectedService;
  readonly onClose: () => void;
  readonly onDone: () => void;
}) {
  const withKey = useSignal(false);
  const work = useWork();
  const run = async () => {
    if (!(await work.run(() => service.client.upkeep.makeBackup({ withKey: withKey.value })))) return;
    onClose();
    toast({ text: t('backup.made') });
    onDone();
  };
  return (
    <Dialog
      title={t('backup.make')}
      onClose={onClose}
      actions={
        <button
          type="button"
          class="btn primary"
          disabled={work.isBusy}
          aria-busy={work.isBusy}
          onClick={() => void run()}
        >
          {t('backup.make')}
        </button>
      }
    >
      <p>{t('backup.make.text')}</p>
      <label class="check">
        <input
          type="checkbox"
          checked={withKey.value}
          onChange={(event) => (withKey.value = event.currentTarget.checked)}
        />
        {t('backup.make.withKey')}
      </label>
      <p class="help">{withKey.value ? t('backup.make.withKey.text') : t('backup.make.withoutKey.text')}</p>
      {work.fault !== undefined && <Fault words={work.fault} />}
    </Dialog>
  );
}

interface RestoreDialogProps {
  readonly service: ConnectedService;
  readonly backup: BackupReport;
  readonly onClose: () => void;
}

/** Checks it first: only what is whole can be restored. */
function RestoreDialog({ service, backup, onClose }: RestoreDialogProps) {
  const check = useAnswer(() => service.client.upkeep.checkBackup(backup.name), [backup.name]);
  const work = useWork();
  const isGood = check.value?.problems.length === 0;
  const run = async () => {
    if (await work.run(() => service.client.upkeep.restoreBackup(backup.name))) onClose();
  };
  return (
    <Dialog
      title={t('backup.restore.ask', { time: dateTimeText(backup.madeAtMs) })}
      onClose={onClose}
      actions={
        <button type="button" class="btn destroy" disabled={!isGood || work.isBusy} onClick={() => void run()}>
          {t('backup.restore')}
        </button>
      }
    >
      <ul class="consequences">
        <li>
          <Icon name="shield" />
          <span>
            {check.value === undefined
              ? t('backup.checking')
              : isGood
                ? t('backup.checked', { count: check.value.files, templates: check.value.templates })
                : t('backup.bad', { count: check.value.problems.length })}
          </span>
        </li>
        <li>
          <Icon name="clock" />
          <span>{t('backup.restore.down')}</span>
        </li>
        <li>
          <Icon name="file" />
          <span>{t('backup.restore.kept')}</span>
        </li>
      </ul>
      {(work.fault ?? check.fault) !== undefined && <Fault words={(work.fault ?? check.fault)!} />}
    </Dialog>
  );
}

interface ConfirmProps {
  readonly title: string;
  readonly text: string;
  readonly label: string;
  readonly run: () => Promise<void>;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

function Confirm({ title, text, label, run, onClose, onDone }: ConfirmProps) {
  const work = useWork();
  const confirm = async () => {
    if (!(await work.run(run))) return;
    onClose();
    onDone();
  };
  return (
    <Dialog
      title={title}
      onClose={onClose}
      actions={
        <button type="button" class="btn destroy" disabled={work.isBusy} onClick={() => void confirm()}>
          {label}
        </button>
      }
    >
      <p>{text}</p>
      {work.fault !== undefined && <Fault words={work.fault} />}
    </Dialog>
  );
}
