/** Touches a virtual reader: the finger over its glass, whose and which it is, and how it lies. */

import { useSignalEffect } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { FINGERS } from '../../../src/exports/whorl/client/browser.ts';
import { isTyping } from '../browser/typing.ts';
import { Hands } from '../hands/hands.tsx';
import { Fault } from '../parts/alert.tsx';
import { Chip } from '../parts/chip.tsx';
import { Field } from '../parts/field.tsx';
import { Icon } from '../parts/icon.tsx';
import type { ConnectedService } from '../service/connected-service.ts';
import { t } from '../words/catalogue.ts';
import { fingerWords } from '../words/finger-words.ts';
import { fixedText, numberText } from '../words/formats.ts';
import { BOUNDS, type FingerPlacement, keyedChange } from './finger-placement.ts';
import { SensorPad } from './sensor-pad.tsx';
import type { TouchNote, TouchPad } from './touch-pad.ts';

export interface VirtualPadProps {
  readonly service: ConnectedService;
  readonly pad: TouchPad;
  /** Name of the virtual reader. */
  readonly reader: string;
  /** Name of it to show. */
  readonly title: string;
}

export function VirtualPad({ service, pad, reader: name, title }: VirtualPadProps) {
  const reader = useMemo(() => service.client.virtualReader(name), [service, name]);
  useSignalEffect(() => {
    // What the picture depends on.
    void [pad.person.value, pad.finger.value, pad.placement.value];
    if (pad.dropped.value === undefined) pad.preview(reader);
  });
  const touch = () => void pad.touch(reader);
  useStageKeys(pad, touch);
  const dropped = pad.dropped.value;
  return (
    <section class="card pad" aria-labelledby="pad-title">
      <div class="card-head">
        <h2 id="pad-title">
          <bdi>{title}</bdi>
        </h2>
        <span class="grow" />
        <Chip icon="chip">{t('pad.virtual')}</Chip>
      </div>
      <div class="pad-top">
        <SensorPad pad={pad} />
        <div class="pad-touch">
          <Field label={t('pad.person')}>
            <input
              type="number"
              min={0}
              max={0xffffffff}
              step={1}
              value={pad.person.value}
              onInput={(event) => {
                const { valueAsNumber } = event.currentTarget;
                if (Number.isInteger(valueAsNumber) && valueAsNumber >= 0) pad.person.value = valueAsNumber;
              }}
            />
          </Field>
          <button
            type="button"
            class="btn primary"
            data-touch
            aria-keyshortcuts="Space"
            disabled={pad.touching.value}
            onClick={touch}
          >
            {t('pad.touch')}
            <kbd>{t('pad.space')}</kbd>
          </button>
          <p class="xs quiet" role="status" data-touches={pad.touches.value}>
            {noteWords(pad.note.value)}
          </p>
        </div>
      </div>
      {pad.note.value?.kind === 'failed' && <Fault words={pad.note.value.words} />}
      {dropped === undefined ? (
        <>
          <Hands
            legend={t('pad.finger')}
            chosen={pad.finger.value}
            onChoose={(finger) => (pad.finger.value = finger)}
          />
          <p class="small quiet center">{fingerWords(FINGERS[pad.finger.value])}</p>
          <Sliders pad={pad} />
        </>
      ) : (
        <p class="small">
          <bdi>{dropped.name}</bdi>{' '}
          <span class="quiet">
            {t('pad.file', {
              width: dropped.image.widthPx,
              height: dropped.image.heightPx,
              ppi: Math.round(dropped.image.resolutionPpi),
            })}{' '}
            {dropped.assumedPpi !== undefined && t('pad.assumed')}
          </span>{' '}
          <button type="button" class="btn plain small" onClick={() => pad.undrop()}>
            {t('pad.undrop')}
          </button>
        </p>
      )}
      <FileDrop pad={pad} />
    </section>
  );
}

function noteWords(note: TouchNote | undefined): string {
  if (note === undefined) return t('pad.ready');
  if (note.kind === 'failed') return '';
  return t(note.kind === 'captured' ? 'pad.captured' : 'pad.lost', { count: note.count });
}

/** Space touches, arrows move and turn, wherever the focus is not in a control that has a use for them. */
function useStageKeys(pad: TouchPad, touch: () => void): void {
  const latest = useRef(touch);
  latest.current = touch;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const { target } = event;
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(target)) return;
      const isControl = target instanceof HTMLElement && target.closest('button, a, input, summary, dialog') !== null;
      if (event.key === ' ' && !isControl) latest.current();
      else {
        const change =
          isControl || pad.dropped.value ? undefined : keyedChange(pad.placement.value, event.key, event.shiftKey);
        if (change === undefined) return;
        pad.move(change);
      }
      event.preventDefault();
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, [pad]);
}

const SLIDERS = [
  ['pressure', 'pad.press', pressureWords],
  ['shiftXMm', 'pad.across', (value: number) => t('unit.mm', { value: fixedText(value, 1) })],
  ['shiftYMm', 'pad.along', (value: number) => t('unit.mm', { value: fixedText(value, 1) })],
  ['rotationDeg', 'pad.turn', (value: number) => t('unit.degrees', { value: numberText(Math.round(value)) })],
] as const satisfies readonly (readonly [keyof FingerPlacement, string, (value: number) => string])[];

function Sliders({ pad }: { readonly pad: TouchPad }) {
  const placement = pad.placement.value;
  return (
    <div class="sliders">
      {SLIDERS.map(([key, label, words]) => (
        <label class="contents" key={key}>
          <span class="quiet">{t(label)}</span>
          <input
            type="range"
            {...BOUNDS[key]}
            value={placement[key]}
            aria-valuetext={words(placement[key])}
            onInput={(event) => pad.move({ [key]: event.currentTarget.valueAsNumber })}
          />
          <output>{words(placement[key])}</output>
        </label>
      ))}
      <label class="check small span-all">
        <input
          type="checkbox"
          checked={pad.varies.value}
          onChange={(event) => (pad.varies.value = event.currentTarget.checked)}
        />
        {t('pad.varies')}
        <span class="grow" />
        <button type="button" class="btn plain small" onClick={() => pad.centre()}>
          {t('pad.centre')}
        </button>
      </label>
    </div>
  );
}

function pressureWords(pressure: number): string {
  if (pressure < 0.35) return t('pad.lightly');
  return pressure > 0.65 ? t('pad.hard') : t('pad.right');
}

function FileDrop({ pad }: { readonly pad: TouchPad }) {
  const take = (files: FileList | null | undefined) => {
    const [file] = files ?? [];
    if (file !== undefined) void pad.drop(file);
  };
  return (
    <label
      class="drop"
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        take(event.dataTransfer?.files);
      }}
    >
      <Icon name="upload" />
      <span>{t('pad.drop')}</span>
      <input
        class="sr"
        type="file"
        accept=".png,.bmp,.tif,.tiff,.wsq,.pgm,.jp2,image/*"
        onChange={(event) => take(event.currentTarget.files)}
      />
    </label>
  );
}
