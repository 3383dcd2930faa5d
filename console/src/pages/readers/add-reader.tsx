/** Adds a reader in three steps: choose one that was found, name it, test it. */

import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { FoundReader, ReaderPlace } from '../../../../src/exports/whorl/client/browser.ts';
import { changeQuery } from '../../browser/address.ts';
import { Alert, Fault } from '../../parts/alert.tsx';
import { Chip } from '../../parts/chip.tsx';
import { LoadingRows } from '../../parts/data-table.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { Icon, type IconName } from '../../parts/icon.tsx';
import type { ConnectedService } from '../../service/connected-service.ts';
import { useAnswer } from '../../service/use-answer.ts';
import { useWork } from '../../service/use-work.ts';
import { t } from '../../words/catalogue.ts';
import { NameForm } from './reader-detail.tsx';
import { TestCapture } from './test-capture.tsx';

export interface AddReaderProps {
  readonly service: ConnectedService;
  readonly onClose: () => void;
}

const ICONS: Readonly<Record<string, IconName>> = {
  libfprint: 'usb',
  winbio: 'chip',
  serial: 'chip',
  virtual: 'window',
  network: 'network',
};
const STEPS = ['addReader.choose', 'addReader.name', 'addReader.test'] as const;
/** The setting that lists the readers. */
const READERS_KEY = 'readers';

export function AddReader({ service, onClose }: AddReaderProps) {
  const step = useSignal(0);
  const chosen = useSignal<string | undefined>(undefined);
  const found = useAnswer((signal) => service.client.upkeep.findReaders({ signal }), [service]);
  const place = service.places.value.find(({ reader }) => reader === chosen.value);
  // A reader that is plugged in while the wizard is open appears by itself.
  useEffect(() => found.reload(), [service.places.value.map(({ reader, attached }) => `${reader}${attached}`).join()]);
  return (
    <Dialog
      title={t('readers.add')}
      large
      closeLabel={step.value === 2 ? t('done') : t('cancel')}
      onClose={onClose}
      aside={
        <ol class="steps">
          {STEPS.map((key, i) => (
            <li
              key={key}
              class={i < step.value ? 'done' : i === step.value ? 'now' : ''}
              aria-current={i === step.value ? 'step' : undefined}
            >
              <span class="bead" aria-hidden="true" />
              {t(key)}
            </li>
          ))}
        </ol>
      }
      actions={
        <>
          {step.value === 0 && (
            <button type="button" class="btn" disabled={found.isLoading} onClick={found.reload}>
              <Icon name="again" />
              {t('addReader.lookAgain')}
            </button>
          )}
          {step.value > 0 && (
            <button type="button" class="btn" onClick={() => (step.value -= 1)}>
              {t('back')}
            </button>
          )}
          {step.value === 1 && (
            <button type="button" class="btn primary" disabled={place === undefined} onClick={() => (step.value = 2)}>
              {t('addReader.testIt')}
            </button>
          )}
        </>
      }
    >
      {step.value === 0 && (
        <>
          <p class="quiet">{t('addReader.found')}</p>
          {found.fault !== undefined && <Fault words={found.fault} />}
          {found.value === undefined && found.fault === undefined && <LoadingRows count={3} />}
          {found.value?.length === 0 && <p>{t('addReader.nothing')}</p>}
          {found.value?.map((each) => (
            <Device
              key={`${each.kind}${each.port}${each.description}`}
              service={service}
              found={each}
              onChoose={(reader) => {
                chosen.value = reader;
                step.value = 1;
              }}
            />
          ))}
        </>
      )}
      {step.value === 1 &&
        (place === undefined ? <LoadingRows count={3} /> : <Naming service={service} place={place} />)}
      {step.value === 2 && place !== undefined && (
        <TestCapture service={service} place={place} onGood={() => changeQuery({ open: place.reader })} />
      )}
    </Dialog>
  );
}

function Naming({ service, place }: { readonly service: ConnectedService; readonly place: ReaderPlace }) {
  return (
    <>
      <Alert mood="ok">
        <p>{t('addReader.ready')}</p>
      </Alert>
      <NameForm key={place.reader} service={service} place={place} />
    </>
  );
}

interface DeviceProps {
  readonly service: ConnectedService;
  readonly found: FoundReader;
  readonly onChoose: (reader: string) => void;
}

function Device({ service, found, onChoose }: DeviceProps) {
  const { description, kind, port, usable, reason, reader } = found;
  const needsRestart = useSignal(false);
  const work = useWork();
  const use = () =>
    work.run(async () => {
      await configure(service, found);
      needsRestart.value = true;
    });
  return (
    <div class="device">
      <Icon name={ICONS[kind] ?? 'reader'} />
      <div>
        <b>
          <bdi>{description}</bdi>
        </b>
        <small dir="ltr">{[kind, port].filter((each) => each !== '').join(' · ')}</small>
        {/* Why a device cannot be used names drivers, rules and files: it is for whoever set up the machine. */}
        {reason !== undefined && (
          <small lang="en" dir="ltr">
            {reason}
          </small>
        )}
        {needsRestart.value && <small>{t('addReader.restart')}</small>}
        {work.fault !== undefined && <Fault words={work.fault} />}
      </div>
      <span class="actions">
        {reader !== undefined ? (
          <button type="button" class="btn small primary" onClick={() => onChoose(reader)}>
            {t('addReader.nameIt')}
          </button>
        ) : !usable ? (
          <Chip mood="bad">{t('addReader.unusable')}</Chip>
        ) : needsRestart.value ? (
          <button
            type="button"
            class="btn small primary"
            disabled={work.isBusy}
            onClick={() => void work.run(() => service.client.upkeep.restart())}
          >
            {t('settings.restart')}
          </button>
        ) : (
          <button type="button" class="btn small primary" disabled={work.isBusy} onClick={() => void use()}>
            {t('addReader.add')}
          </button>
        )}
      </span>
    </div>
  );
}

/** Writes a found reader into the configuration, beside those that are there. */
async function configure(service: ConnectedService, { configuration }: FoundReader): Promise<void> {
  const { upkeep } = service.client;
  const { settings, revision } = await upkeep.settings();
  const now = settings.find(({ key }) => key === READERS_KEY)?.value;
  await upkeep.saveSettings({ [READERS_KEY]: [...(Array.isArray(now) ? now : []), configuration] }, revision);
}
