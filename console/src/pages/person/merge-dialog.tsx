/** Makes two people one, after saying what goes where. */

import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Person } from '../../../../src/exports/whorl/client/browser.ts';
import { Alert, Fault } from '../../parts/alert.tsx';
import { Avatar } from '../../parts/avatar.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { FingerGlyph } from '../../parts/finger-glyph.tsx';
import { toast } from '../../parts/toasts.tsx';
import { identityKey, identityOf } from '../../people/identity-key.ts';
import { PersonPicker } from '../../people/person-picker.tsx';
import type { ConnectedService } from '../../service/connected-service.ts';
import { useAnswer } from '../../service/use-answer.ts';
import { useWork } from '../../service/use-work.ts';
import { t } from '../../words/catalogue.ts';
import { fingerWords } from '../../words/finger-words.ts';
import { listText } from '../../words/formats.ts';

export interface MergeDialogProps {
  readonly service: ConnectedService;
  /** Who stays. */
  readonly person: Person;
  /** Who goes, or `ask`. */
  readonly other: string;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

export function MergeDialog({ service, person, other, onClose, onDone }: MergeDialogProps) {
  const from = useSignal<Person | undefined>(undefined);
  const work = useWork();
  useEffect(() => {
    if (other === 'ask') return;
    void service.client.people.get(identityOf(other)).then(
      (found) => (from.value = found),
      () => undefined,
    );
  }, [other]);
  const goes = from.value;
  const preview = useAnswer(
    async () =>
      goes === undefined
        ? undefined
        : await service.client.people.merge({ from: goes.identity, into: person.identity, preview: true }),
    [goes && identityKey(goes.identity)],
  );
  const shared =
    goes?.fingers.filter(({ subFactor }) => person.fingers.some((each) => each.subFactor === subFactor)) ?? [];
  const run = async () => {
    if (goes === undefined) return;
    if (!(await work.run(() => service.client.people.merge({ from: goes.identity, into: person.identity })))) return;
    onClose();
    toast({ text: t('merge.done', { from: goes.name, into: person.name }) });
    onDone();
  };
  return (
    <Dialog
      title={t('merge.title')}
      large
      onClose={onClose}
      actions={
        <button
          type="button"
          class="btn primary"
          disabled={goes === undefined || shared.length > 0 || work.isBusy}
          onClick={() => void run()}
        >
          {t('merge.into', { name: person.name })}
        </button>
      }
    >
      <p class="quiet">{t('merge.text')}</p>
      <div class="cols">
        <div class="card">
          <span class="label">{t('merge.stays')}</span>
          <div class="person">
            <Avatar name={person.name} of={identityKey(person.identity)} />
            <div>
              <b>
                <bdi>{person.name}</bdi>
              </b>
              <small>{person.number}</small>
            </div>
          </div>
          <FingerGlyph fingers={person.fingers.map(({ subFactor }) => subFactor)} />
        </div>
        <div class="card">
          <PersonPicker
            service={service}
            label={t('merge.goes')}
            chosen={goes}
            without={person}
            onChoose={(chosen) => (from.value = chosen)}
          />
          {goes !== undefined && <FingerGlyph fingers={goes.fingers.map(({ subFactor }) => subFactor)} />}
          {preview.value !== undefined && (
            <p class="small quiet">
              {t('merge.moves.fingers', { count: preview.value.fingers })}{' '}
              {t('merge.moves.lines', { count: preview.value.journalLines })}
            </p>
          )}
        </div>
      </div>
      {shared.length > 0 && (
        <Alert
          mood="warn"
          title={t('merge.same', { fingers: listText(shared.map(({ subFactor }) => fingerWords(subFactor))) })}
        >
          <p>{t('merge.same.text')}</p>
        </Alert>
      )}
      {(work.fault ?? (shared.length === 0 ? preview.fault : undefined)) !== undefined && (
        <Fault words={(work.fault ?? preview.fault)!} />
      )}
    </Dialog>
  );
}
