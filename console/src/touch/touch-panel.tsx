/** Touches a virtual reader: the finger over the sensor at one side, its choices at the other. */

import { useComputed, useSignal, useSignalEffect } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { ConnectedService } from '../service/connected-service.ts';
import { DroppedFile } from './dropped-file.tsx';
import { FileDrop } from './file-drop.tsx';
import { NoVirtualReader } from './no-virtual-reader.tsx';
import { SensorPad } from './sensor-pad.tsx';
import { SyntheticFinger } from './synthetic-finger.tsx';
import { TouchOutcome } from './touch-outcome.tsx';
import type { TouchPad } from './touch-pad.ts';

export interface TouchPanelProps {
  readonly service: ConnectedService;
  readonly pad: TouchPad;
  /** The page has its own choice of fingers. */
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
  if (name === undefined || reader === undefined) return <NoVirtualReader service={service} />;
  const touch = () => void pad.touch(reader);
  const dropped = pad.dropped.value;
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
        {names.length > 1 && <ReaderSelect names={names} name={name} onChoose={(each) => (chosen.value = each)} />}
        {dropped === undefined ? (
          <SyntheticFinger pad={pad} withoutFinger={withoutFinger} />
        ) : (
          <DroppedFile dropped={dropped} onUndrop={() => pad.undrop()} />
        )}
        <FileDrop pad={pad} />
      </div>
    </div>
  );
}

interface ReaderSelectProps {
  readonly names: readonly string[];
  readonly name: string;
  readonly onChoose: (name: string) => void;
}

function ReaderSelect({ names, name, onChoose }: ReaderSelectProps) {
  return (
    <label class="field">
      <span>Reader</span>
      <select value={name} onChange={(event) => onChoose(event.currentTarget.value)}>
        {names.map((each) => (
          <option key={each}>{each}</option>
        ))}
      </select>
    </label>
  );
}
