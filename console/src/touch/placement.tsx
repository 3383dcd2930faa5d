/** Sliders for the placement of a finger; the pad itself does the same by drag, wheel and keys. */

import { BOUNDS, type FingerPlacement } from './finger-placement.ts';
import type { TouchPad } from './touch-pad.ts';

const SLIDERS: readonly (readonly [key: keyof FingerPlacement, name: string, unit: (value: number) => string])[] = [
  ['rotationDeg', 'Turn', (value) => `${Math.round(value)}°`],
  ['pressure', 'Press', pressureWords],
  ['shiftXMm', 'Shift right', (value) => `${value.toFixed(1)} mm`],
  ['shiftYMm', 'Shift down', (value) => `${value.toFixed(1)} mm`],
];

export function Placement({ pad }: { readonly pad: TouchPad }) {
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

function pressureWords(pressure: number): string {
  if (pressure < 0.35) return 'lightly';
  return pressure > 0.65 ? 'hard' : 'just right';
}
