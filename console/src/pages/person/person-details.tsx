/** What is known of a person, and how to change it. */

import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Person, PersonDetails } from '../../../../src/exports/whorl/client/browser.ts';
import { Fault } from '../../parts/alert.tsx';
import { Avatar } from '../../parts/avatar.tsx';
import { Chip } from '../../parts/chip.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { toast } from '../../parts/toasts.tsx';
import { cleanDetails, DetailsForm } from '../../people/details-form.tsx';
import { identityKey } from '../../people/identity-key.ts';
import { hoursText, placesText, validMark, validText } from '../../people/validity-words.ts';
import type { ConnectedService } from '../../service/connected-service.ts';
import { useAnswer } from '../../service/use-answer.ts';
import { useWork } from '../../service/use-work.ts';
import { t } from '../../words/catalogue.ts';
import { momentText } from '../../words/formats.ts';

export interface PersonDetailsCardProps {
  readonly service: ConnectedService;
  readonly person: Person;
  readonly onChange: () => void;
}

export function PersonDetailsCard({ service, person, onChange }: PersonDetailsCardProps) {
  const editing = useSignal(false);
  const mark = validMark(person);
  const seen = useAnswer(
    async () =>
      (await service.client.journal.list({ identity: person.identity, kinds: ['recognised', 'verified'], limit: 1 }))
        .items[0],
    [service, identityKey(person.identity)],
  );
  const { number, groups, validity, note } = person;
  return (
    <section class="card drawer" aria-label={t('person.details')}>
      <div class="person">
        <Picture service={service} person={person} />
        <div>
          <h2>
            <bdi>{person.name}</bdi>
          </h2>
          {mark !== undefined && <Chip mood={mark.mood}>{mark.text}</Chip>}
        </div>
      </div>
      <dl class="facts">
        {number !== undefined && (
          <>
            <dt>{t('people.number')}</dt>
            <dd class="mono">{number}</dd>
          </>
        )}
        <dt>{t('people.groups')}</dt>
        <dd>
          {groups.length === 0 ? (
            <span class="quiet">{t('people.noGroup')}</span>
          ) : (
            <span class="chips">
              {groups.map((each) => (
                <Chip key={each}>
                  <bdi>{each}</bdi>
                </Chip>
              ))}
            </span>
          )}
        </dd>
        <dt>{t('people.valid')}</dt>
        <dd>{validText(validity)}</dd>
        <dt>{t('valid.hours')}</dt>
        <dd>{hoursText(validity?.hours)}</dd>
        <dt>{t('valid.places')}</dt>
        <dd>{placesText(validity?.places)}</dd>
        {seen.value !== undefined && (
          <>
            <dt>{t('people.lastSeen')}</dt>
            <dd>
              {momentText(seen.value.atMs)} <bdi>{seen.value.title ?? ''}</bdi>
            </dd>
          </>
        )}
        {note !== undefined && note !== '' && (
          <>
            <dt>{t('people.note')}</dt>
            <dd>
              <bdi>{note}</bdi>
            </dd>
          </>
        )}
      </dl>
      <div class="actions">
        <button type="button" class="btn" onClick={() => (editing.value = true)}>
          {t('person.edit')}
        </button>
      </div>
      <details class="small">
        <summary class="quiet">{t('forDevelopers')}</summary>
        <dl class="facts">
          <dt>{t('person.identity')}</dt>
          <dd class="mono xs" dir="ltr">
            {identityKey(person.identity)}
          </dd>
          <dt>{t('person.revision')}</dt>
          <dd>{person.revision}</dd>
        </dl>
      </details>
      {editing.value && (
        <EditDialog service={service} person={person} onClose={() => (editing.value = false)} onDone={onChange} />
      )}
    </section>
  );
}

function Picture({ service, person }: { readonly service: ConnectedService; readonly person: Person }) {
  const address = useSignal<string | undefined>(undefined);
  useEffect(() => {
    if (!person.hasPicture) return;
    let url: string | undefined;
    let gone = false;
    void service.client.people.picture(person.identity).then(
      (bytes) => {
        if (bytes === undefined || gone) return;
        url = URL.createObjectURL(new Blob([Uint8Array.from(bytes)]));
        address.value = url;
      },
      () => undefined,
    );
    return () => {
      gone = true;
      if (url !== undefined) URL.revokeObjectURL(url);
    };
  }, [service, identityKey(person.identity), person.revision]);
  if (!person.hasPicture || address.value === undefined)
    return <Avatar name={person.name} of={identityKey(person.identity)} size="big" />;
  return <img class="avatar big" src={address.value} alt={t('person.pictureOf', { name: person.name })} />;
}

interface EditDialogProps {
  readonly service: ConnectedService;
  readonly person: Person;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** Most bytes of a picture. */
const MAX_PICTURE = 256 * 1024;

function EditDialog({ service, person, onClose, onDone }: EditDialogProps) {
  const details = useSignal<PersonDetails>(person);
  const picture = useSignal<File | undefined>(undefined);
  const work = useWork();
  const tooLarge = (picture.value?.size ?? 0) > MAX_PICTURE;
  const save = async () => {
    const isSaved = await work.run(async () => {
      await service.client.people.change(person.identity, cleanDetails(details.value), person.revision);
      if (picture.value !== undefined) {
        await service.client.people.setPicture(person.identity, new Uint8Array(await picture.value.arrayBuffer()));
      }
    });
    if (!isSaved) return;
    onClose();
    toast({ text: t('saved') });
    onDone();
  };
  return (
    <Dialog
      title={t('person.editNamed', { name: person.name })}
      onClose={onClose}
      actions={
        <button type="submit" form="edit-person" class="btn primary" disabled={work.isBusy || tooLarge}>
          {t('save')}
        </button>
      }
    >
      <form
        id="edit-person"
        class="stack-3"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <DetailsForm service={service} details={details.value} onChange={(changed) => (details.value = changed)} />
        <label class="field">
          <span>
            {t('person.picture')} <span class="quiet">{t('optional')}</span>
          </span>
          <input
            type="file"
            accept="image/jpeg,image/png"
            onChange={(event) => (picture.value = event.currentTarget.files?.[0])}
          />
          {tooLarge && (
            <small class="problem" role="alert">
              {t('person.pictureTooLarge')}
            </small>
          )}
        </label>
        {work.fault !== undefined && <Fault words={work.fault} />}
      </form>
    </Dialog>
  );
}
