/** Everything to touch a virtual reader with: whose finger, how it lies, or an image file instead. */

import { useComputed, useSignal, useSignalEffect } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { FINGERS, type FingerName } from '../../../src/exports/whorl/client/browser.ts';
import { Empty, Fault } from '../parts/notice.tsx';
import type { ConnectedService } from '../service/connected-service.ts';
import { fingerWords } from '../words/finger-words.ts';
import { BOUNDS, type FingerPlacement } from './finger-placement.ts';
import { SensorPad } from './sensor-pad.tsx';
import type { TouchNote, TouchPad } from './touch-pad.ts';

export interface TouchPanelProps {
  readonly service: ConnectedService;
  readonly pad: TouchPad;
  /** Fingers are chosen elsewhere on the page. */
  readonly withoutFinger?: boolean;
}

export function TouchPanel({ service, pad, withoutFinger = false }: TouchPanelProps) {
  const attached = useComputed(() => service.readers.value.filter(({ unitId }) => unitId !== undefined));
  const chosen = useSignal<string | undefined>(undefined);
  const names = attached.value.map(({ name }) => name);
  const name = chosen.value !== undefined && names.includes(chosen.value) ? chosen.value : names[0];
  const reader = useMemo(() => (name === undefined ? undefined : service.client.virtualReader(name)), [service, name]);
  useSignalEffect(() => {
    // What the picture depends on.
    void [pad.person.value, pad.finger.value, pad.placement.value, pad.dropped.value, attached.value.length];
    const preview = pad.dropped.value === undefined && attached.value.length > 0;
    if (preview && reader !== undefined) pad.preview(reader);
  });
  if (reader === undefined) return <NoReader service={service} />;
  const touch = () => void pad.touch(reader);
  const { dropped } = pad;
  return (
    <div class="touch-panel">
      <div class="touch-pad-side">
        <SensorPad pad={pad} onTouch={touch} />
        <button type="button" class="primary touch-button" disabled={pad.touching.value} onClick={touch}>
          Touch
        </button>
        <TouchOutcome note={pad.note.value} />
      </div>
      <div class="touch-controls">
        {names.length > 1 && (
          <label class="field">
            <span>Reader</span>
            <select value={name} onChange={(event) => (chosen.value = event.currentTarget.value)}>
              {names.map((each) => (
                <option key={each}>{each}</option>
              ))}
            </select>
          </label>
        )}
        {dropped.value === undefined ? (
          <>
            <div class="field-row">
              <label class="field">
                <span>Person</span>
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
              </label>
              {!withoutFinger && <FingerSelect pad={pad} />}
            </div>
            <Placement pad={pad} />
          </>
        ) : (
          <div class="dropped">
            <p>
              <b>{dropped.value.name}</b>, {dropped.value.image.widthPx} × {dropped.value.image.heightPx} pixels at{' '}
              {Math.round(dropped.value.image.resolutionPpi)} ppi
              {dropped.value.assumedPpi !== undefined && ' (assumed: the file does not say)'}
            </p>
            <button type="button" onClick={() => pad.undrop()}>
              Use a synthetic finger again
            </button>
          </div>
        )}
        <FileDrop pad={pad} />
      </div>
    </div>
  );
}

function NoReader({ service }: { readonly service: ConnectedService }) {
  if (!service.account.administrator) {
    return <Empty title="Only administrators drive virtual readers">Touch a real reader instead.</Empty>;
  }
  return (
    <Empty title="No virtual reader is plugged in">
      <p>
        Plug one in on the page <a href="#units">Units</a>, or touch a real reader.
      </p>
    </Empty>
  );
}

function FingerSelect({ pad }: { readonly pad: TouchPad }) {
  return (
    <label class="field">
      <span>Finger that touches</span>
      <select
        value={pad.finger.value}
        onChange={(event) => (pad.finger.value = event.currentTarget.value as FingerName)}
      >
        {Object.entries(FINGERS).map(([name, subFactor]) => (
          <option key={name} value={name}>
            {fingerWords(subFactor)}
          </option>
        ))}
      </select>
    </label>
  );
}

const SLIDERS: readonly (readonly [key: keyof FingerPlacement, name: string, unit: (value: number) => string])[] = [
  ['rotationDeg', 'Turn', (value) => `${Math.round(value)}°`],
  ['pressure', 'Press', (value) => (value < 0.35 ? 'lightly' : value > 0.65 ? 'hard' : 'right')],
  ['shiftXMm', 'Shift right', (value) => `${value.toFixed(1)} mm`],
  ['shiftYMm', 'Shift down', (value) => `${value.toFixed(1)} mm`],
];

function Placement({ pad }: { readonly pad: TouchPad }) {
  const placement = pad.placement.value;
  return (
    <div class="placement">
      {SLIDERS.map(([key, name, words]) => (
        <label class="slider" key={key}>
          <span>{name}</span>
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
      <div class="placement-row">
        <label class="toggle">
          <input
            type="checkbox"
            checked={pad.varies.value}
            onChange={(event) => (pad.varies.value = event.currentTarget.checked)}
          />
          a little differently each time
        </label>
        <button type="button" class="plain" onClick={() => pad.centre()}>
          Centre
        </button>
      </div>
    </div>
  );
}

function FileDrop({ pad }: { readonly pad: TouchPad }) {
  const over = useSignal(false);
  const take = (files: FileList | null | undefined) => {
    const [file] = files ?? [];
    if (file !== undefined) void pad.drop(file);
  };
  return (
    <label
      class={over.value ? 'file-drop file-drop-over' : 'file-drop'}
      onDragOver={(event) => {
        event.preventDefault();
        over.value = true;
      }}
      onDragLeave={() => (over.value = false)}
      onDrop={(event) => {
        event.preventDefault();
        over.value = false;
        take(event.dataTransfer?.files);
      }}
    >
      <span>
        Or drop an image of a finger: PNG, BMP, TIFF, WSQ, PGM. <u>Choose a file</u>
      </span>
      <input
        type="file"
        accept=".png,.bmp,.tif,.tiff,.wsq,.pgm,image/*"
        onChange={(event) => take(event.currentTarget.files)}
      />
    </label>
  );
}

function TouchOutcome({ note }: { readonly note: TouchNote | undefined }) {
  return (
    <div class="touch-outcome" aria-live="polite">
      {note === undefined && <p class="quiet">Drag the finger, turn the wheel, press Enter or the button.</p>}
      {note?.kind === 'captured' && <p class="good">Captured (touch {note.count}).</p>}
      {note?.kind === 'lost' && <p class="warn">Lost: nothing was waiting for a finger (touch {note.count}).</p>}
      {note?.kind === 'failed' && <Fault words={note.words} />}
    </div>
  );
}
