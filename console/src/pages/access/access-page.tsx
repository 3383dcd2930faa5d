/** Browsers and screens that are paired: their names, what they may do, their last use, and how to end that. */

import { useSignal } from '@preact/signals';
import type { PairingReport, PairingRole } from '../../../../src/exports/whorl/client/browser.ts';
import type { PageProps } from '../../frame/page-props.ts';
import { SettingsFrame } from '../../frame/settings-frame.tsx';
import { Alert, Fault } from '../../parts/alert.tsx';
import { Chip } from '../../parts/chip.tsx';
import { DataTable, LoadingRows } from '../../parts/data-table.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { Field, Select } from '../../parts/field.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Menu } from '../../parts/menu.tsx';
import { toast } from '../../parts/toasts.tsx';
import type { ConnectedService } from '../../service/connected-service.ts';
import { useAnswer } from '../../service/use-answer.ts';
import { useWork } from '../../service/use-work.ts';
import { t } from '../../words/catalogue.ts';
import { dateText, momentText } from '../../words/formats.ts';

const ROLES = ['administrator', 'operator', 'user', 'screen'] as const satisfies readonly PairingRole[];

export function AccessPage({ service }: PageProps) {
  const list = useAnswer(() => service.client.upkeep.pairings(), [service]);
  const revoking = useSignal<PairingReport | undefined>(undefined);
  const renaming = useSignal<PairingReport | undefined>(undefined);
  const linking = useSignal(false);
  return (
    <SettingsFrame
      page="access"
      actions={
        <button type="button" class="btn primary" onClick={() => (linking.value = true)}>
          <Icon name="add" />
          <span class="t">{t('access.pair')}</span>
        </button>
      }
    >
      <section class="card flush" aria-labelledby="pairings-title">
        <div class="card-head">
          <h2 id="pairings-title">{t('access.paired')}</h2>
        </div>
        {list.fault !== undefined && <Fault words={list.fault} />}
        {list.value === undefined && list.fault === undefined && <LoadingRows count={4} />}
        {list.value !== undefined && (
          <DataTable
            caption={t('access.paired')}
            rows={list.value}
            keyOf={({ id }) => id}
            columns={[
              {
                name: 'name',
                title: t('people.name'),
                phone: 'lead',
                cell: ({ name, origin, own }) => (
                  <div class="person">
                    <span class="avatar t4" aria-hidden="true">
                      <Icon name="window" />
                    </span>
                    <div>
                      <b>
                        <bdi>{name === '' ? t('access.unnamed') : name}</bdi>
                      </b>
                      <small dir="ltr">{origin}</small>
                      {own && <Chip mood="on">{t('access.thisBrowser')}</Chip>}
                    </div>
                  </div>
                ),
              },
              {
                name: 'role',
                title: t('access.role'),
                phone: 'field',
                cell: ({ role, door }) => `${t(`role.${role}`)}${door === undefined ? '' : ` · ${door}`}`,
              },
              {
                name: 'used',
                title: t('access.lastUse'),
                phone: 'field',
                class: 'nowrap',
                cell: ({ connected, usedAtMs }) =>
                  connected > 0 ? (
                    <Chip mood="ok">{t('access.connected')}</Chip>
                  ) : usedAtMs === undefined ? (
                    <span class="quiet">{t('access.never')}</span>
                  ) : (
                    momentText(usedAtMs)
                  ),
              },
              {
                name: 'until',
                title: t('access.until'),
                phone: 'hidden',
                class: 'nowrap',
                cell: ({ expiresAtMs }) => dateText(expiresAtMs),
              },
              {
                name: 'more',
                title: '',
                phone: 'trail',
                cell: (pairing) => (
                  <Menu
                    label={t('people.moreFor', { name: pairing.name || t('access.unnamed') })}
                    items={[
                      { label: t('access.rename'), onChoose: () => (renaming.value = pairing) },
                      {
                        label: t('access.revoke'),
                        icon: 'delete',
                        danger: true,
                        onChoose: () => (revoking.value = pairing),
                      },
                    ]}
                  />
                ),
              },
            ]}
          />
        )}
      </section>
      <section class="card" aria-labelledby="roles-title">
        <h2 id="roles-title">{t('access.roles')}</h2>
        <dl class="facts">
          {ROLES.map((role) => (
            <div class="contents" key={role}>
              <dt>{t(`role.${role}`)}</dt>
              <dd>{t(`role.${role}.text`)}</dd>
            </div>
          ))}
        </dl>
      </section>
      {revoking.value !== undefined && (
        <RevokeDialog
          service={service}
          pairing={revoking.value}
          onClose={() => (revoking.value = undefined)}
          onDone={list.reload}
        />
      )}
      {renaming.value !== undefined && (
        <RenameDialog
          service={service}
          pairing={renaming.value}
          onClose={() => (renaming.value = undefined)}
          onDone={list.reload}
        />
      )}
      {linking.value && <LinkDialog service={service} onClose={() => (linking.value = false)} />}
    </SettingsFrame>
  );
}

interface PairingDialogProps {
  readonly service: ConnectedService;
  readonly pairing: PairingReport;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

function RevokeDialog({ service, pairing, onClose, onDone }: PairingDialogProps) {
  const work = useWork();
  const name = pairing.name || t('access.unnamed');
  const run = async () => {
    if (!(await work.run(() => service.client.upkeep.revokePairing(pairing.id)))) return;
    onClose();
    toast({ text: t('access.revoked', { name }) });
    onDone();
  };
  return (
    <Dialog
      title={t('access.revoke.ask', { name })}
      onClose={onClose}
      actions={
        <button type="button" class="btn destroy" disabled={work.isBusy} onClick={() => void run()}>
          {t('access.revoke')}
        </button>
      }
    >
      <p>{pairing.own ? t('access.revoke.own') : t('access.revoke.text')}</p>
      {work.fault !== undefined && <Fault words={work.fault} />}
    </Dialog>
  );
}

function RenameDialog({ service, pairing, onClose, onDone }: PairingDialogProps) {
  const name = useSignal(pairing.name);
  const work = useWork();
  const run = async () => {
    if (!(await work.run(() => service.client.upkeep.renamePairing(pairing.id, name.value.trim())))) return;
    onClose();
    onDone();
  };
  return (
    <Dialog
      title={t('access.rename')}
      onClose={onClose}
      actions={
        <button type="button" class="btn primary" disabled={work.isBusy} onClick={() => void run()}>
          {t('save')}
        </button>
      }
    >
      <Field label={t('people.name')}>
        <input
          type="text"
          maxLength={64}
          value={name.value}
          onInput={(event) => (name.value = event.currentTarget.value)}
        />
      </Field>
      {work.fault !== undefined && <Fault words={work.fault} />}
    </Dialog>
  );
}

function LinkDialog({ service, onClose }: { readonly service: ConnectedService; readonly onClose: () => void }) {
  const name = useSignal('');
  const role = useSignal<PairingRole>('operator');
  const door = useSignal('');
  const link = useSignal<string | undefined>(undefined);
  const doors = useAnswer(() => service.client.doors.list(), [service]);
  const work = useWork();
  const run = () =>
    work.run(async () => {
      const chosen = door.value || doors.value?.[0]?.name;
      link.value = await service.client.upkeep.pairingLink({
        name: name.value.trim(),
        role: role.value,
        ...(role.value === 'screen' && chosen !== undefined && { door: chosen }),
      });
    });
  return (
    <Dialog
      title={t('access.pair')}
      closeLabel={link.value === undefined ? t('cancel') : t('done')}
      onClose={onClose}
      actions={
        link.value === undefined ? (
          <button
            type="button"
            class="btn primary"
            disabled={work.isBusy || name.value.trim() === ''}
            onClick={() => void run()}
          >
            {t('access.makeLink')}
          </button>
        ) : undefined
      }
    >
      {link.value === undefined ? (
        <>
          <Field label={t('people.name')} help={t('access.name.help')}>
            <input
              type="text"
              maxLength={64}
              value={name.value}
              onInput={(event) => (name.value = event.currentTarget.value)}
            />
          </Field>
          <Select
            label={t('access.role')}
            value={role.value}
            options={ROLES.map((each) => [each, t(`role.${each}`)] as const)}
            onChoose={(chosen) => (role.value = chosen as PairingRole)}
          />
          <p class="help">{t(`role.${role.value}.text`)}</p>
          {role.value === 'screen' && (
            <Select
              label={t('access.door')}
              value={door.value || (doors.value?.[0]?.name ?? '')}
              options={(doors.value ?? []).map((each) => [each.name, each.name] as const)}
              onChoose={(chosen) => (door.value = chosen)}
            />
          )}
        </>
      ) : (
        <Alert
          mood="ok"
          title={t('access.link')}
          actions={
            <button
              type="button"
              class="btn small"
              onClick={() => void navigator.clipboard?.writeText(link.value ?? '')}
            >
              <Icon name="copy" />
              {t('copy')}
            </button>
          }
        >
          <p>
            <code dir="ltr" data-link>
              {link.value}
            </code>
          </p>
          <p>{t('access.link.text')}</p>
        </Alert>
      )}
      {work.fault !== undefined && <Fault words={work.fault} />}
    </Dialog>
  );
}
