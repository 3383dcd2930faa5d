/** Changes what is known of a person: name, number, groups, validity, note. */

import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import type { PersonDetails, PersonValidity, WeeklyHours } from '../../../src/exports/whorl/client/browser.ts';
import { Field } from '../parts/field.tsx';
import { Icon } from '../parts/icon.tsx';
import type { ConnectedService } from '../service/connected-service.ts';
import { useAnswer } from '../service/use-answer.ts';
import { t } from '../words/catalogue.ts';
import { weekdayText } from '../words/formats.ts';

export interface DetailsFormProps {
  readonly service: ConnectedService;
  readonly details: PersonDetails;
  readonly onChange: (details: PersonDetails) => void;
}

export function DetailsForm({ service, details, onChange }: DetailsFormProps) {
  const { name, number = '', groups = [], note = '', validity = {}, suspended = false } = details;
  const set = (change: Partial<PersonDetails>) => onChange({ ...details, ...change });
  return (
    <>
      <div class="cols">
        <Field label={t('people.name')}>
          <input
            type="text"
            required
            maxLength={200}
            autocomplete="off"
            value={name}
            onInput={(event) => set({ name: event.currentTarget.value })}
          />
        </Field>
        <Field label={t('people.number')} optional>
          <input
            type="text"
            maxLength={64}
            autocomplete="off"
            value={number}
            onInput={(event) => set({ number: event.currentTarget.value })}
          />
        </Field>
      </div>
      <Groups service={service} groups={groups} onChange={(chosen) => set({ groups: chosen })} />
      <ValidityFields service={service} validity={validity} onChange={(chosen) => set({ validity: chosen })} />
      <Field label={t('people.note')} optional>
        <textarea
          rows={2}
          maxLength={4000}
          value={note}
          onInput={(event) => set({ note: event.currentTarget.value })}
        />
      </Field>
      <label class="check">
        <input
          type="checkbox"
          checked={suspended}
          onChange={(event) => set({ suspended: event.currentTarget.checked })}
        />
        {t('people.suspended')}
      </label>
    </>
  );
}

/** Details as the service takes them: what is empty is left out. */
export function cleanDetails({ name, number, groups, note, validity, suspended }: PersonDetails): PersonDetails {
  const { from, until, hours, places } = validity ?? {};
  const cleaned: PersonValidity = {
    ...(from && { from }),
    ...(until && { until }),
    ...(hours !== undefined && hours.length > 0 && { hours }),
    ...(places !== undefined && places.length > 0 && { places }),
  };
  return {
    name: name.trim(),
    ...(number?.trim() && { number: number.trim() }),
    groups: groups ?? [],
    ...(note?.trim() && { note: note.trim() }),
    ...(Object.keys(cleaned).length > 0 && { validity: cleaned }),
    ...(suspended === true && { suspended }),
  };
}

interface GroupsProps {
  readonly service: ConnectedService;
  readonly groups: readonly string[];
  readonly onChange: (groups: readonly string[]) => void;
}

function Groups({ service, groups, onChange }: GroupsProps) {
  const known = useAnswer(() => service.client.people.groups(), [service]);
  const text = useSignal('');
  const id = useId();
  const add = () => {
    const name = text.value.trim();
    if (name !== '' && !groups.includes(name)) onChange([...groups, name]);
    text.value = '';
  };
  return (
    <div class="field">
      <label for={id} class="label">
        {t('people.groups')}
      </label>
      <div class="chips">
        {groups.map((each) => (
          <span class="chip on" key={each}>
            <bdi>{each}</bdi>
            <button
              type="button"
              class="chip-close"
              aria-label={t('people.leaveGroup', { group: each })}
              onClick={() => onChange(groups.filter((other) => other !== each))}
            >
              <Icon name="close" />
            </button>
          </span>
        ))}
      </div>
      <div class="with-button">
        <input
          id={id}
          type="text"
          maxLength={64}
          list={`${id}known`}
          placeholder={t('people.groupName')}
          value={text.value}
          onInput={(event) => (text.value = event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            add();
          }}
        />
        <datalist id={`${id}known`}>
          {known.value?.map(({ name }) => (
            <option key={name} value={name} />
          ))}
        </datalist>
        <button type="button" class="btn small" disabled={text.value.trim() === ''} onClick={add}>
          {t('people.addGroup')}
        </button>
      </div>
    </div>
  );
}

export interface ValidityFieldsProps {
  readonly service: ConnectedService;
  readonly validity: PersonValidity;
  readonly onChange: (validity: PersonValidity) => void;
}

const WORKING_HOURS: WeeklyHours = { days: [1, 2, 3, 4, 5], from: '08:00', until: '18:00' };

export function ValidityFields({ service, validity, onChange }: ValidityFieldsProps) {
  const { from = '', until = '', hours = [], places = [] } = validity;
  const names = [...new Set(service.places.value.map(({ place, title }) => place || title))];
  const set = (change: Partial<PersonValidity>) => onChange({ ...validity, ...change });
  return (
    <>
      <div class="cols">
        <Field label={t('valid.firstDay')} optional>
          <input type="date" value={from} onInput={(event) => set({ from: event.currentTarget.value })} />
        </Field>
        <Field label={t('valid.lastDay')} optional>
          <input type="date" value={until} min={from} onInput={(event) => set({ until: event.currentTarget.value })} />
        </Field>
      </div>
      <HoursFields hours={hours} onChange={(chosen) => set({ hours: chosen })} />
      {names.length > 0 && (
        <fieldset class="field">
          <legend class="label">{t('valid.places')}</legend>
          <div class="chips">
            {names.map((each) => (
              <label class="check small" key={each}>
                <input
                  type="checkbox"
                  checked={places.includes(each)}
                  onChange={(event) =>
                    set({
                      places: event.currentTarget.checked
                        ? [...places, each]
                        : places.filter((other) => other !== each),
                    })
                  }
                />
                <bdi>{each}</bdi>
              </label>
            ))}
          </div>
          <small class="help">{t('valid.places.help')}</small>
        </fieldset>
      )}
    </>
  );
}

export interface HoursFieldsProps {
  readonly hours: readonly WeeklyHours[];
  readonly onChange: (hours: readonly WeeklyHours[]) => void;
}

export function HoursFields({ hours, onChange }: HoursFieldsProps) {
  const change = (index: number, part: Partial<WeeklyHours>) =>
    onChange(hours.map((each, i) => (i === index ? { ...each, ...part } : each)));
  return (
    <fieldset class="field">
      <legend class="label">{t('valid.hours')}</legend>
      {hours.length === 0 && <small class="help">{t('valid.allHours')}</small>}
      {hours.map(({ days, from, until }, index) => (
        <div class="hours-row" key={index}>
          <fieldset class="chips" aria-label={t('valid.weekdays')}>
            {[1, 2, 3, 4, 5, 6, 7].map((day) => (
              <button
                key={day}
                type="button"
                class={days.includes(day) ? 'chip on' : 'chip'}
                aria-pressed={days.includes(day)}
                onClick={() =>
                  change(index, {
                    days: days.includes(day) ? days.filter((each) => each !== day) : [...days, day].sort(),
                  })
                }
              >
                {weekdayText(day)}
              </button>
            ))}
          </fieldset>
          <input
            type="time"
            aria-label={t('valid.fromHour')}
            value={from}
            onInput={(event) => change(index, { from: event.currentTarget.value })}
          />
          <input
            type="time"
            aria-label={t('valid.untilHour')}
            value={until}
            onInput={(event) => change(index, { until: event.currentTarget.value })}
          />
          <button
            type="button"
            class="btn plain small icon-only"
            aria-label={t('valid.removeHours')}
            onClick={() => onChange(hours.filter((_, i) => i !== index))}
          >
            <Icon name="close" />
          </button>
        </div>
      ))}
      <div>
        <button type="button" class="btn small" onClick={() => onChange([...hours, WORKING_HOURS])}>
          <Icon name="add" />
          {t('valid.addHours')}
        </button>
      </div>
    </fieldset>
  );
}
