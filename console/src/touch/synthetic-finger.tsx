/** The choices of a synthetic finger: whose, which, and how it is placed. */

import { FINGERS, type FingerName } from '../../../src/exports/whorl/client/browser.ts';
import { fingerWords } from '../words/finger-words.ts';
import { Placement } from './placement.tsx';
import type { TouchPad } from './touch-pad.ts';

/** Numbers of persons are unsigned 32-bit seeds. */
const MAX_PERSON = 0xffffffff;

export interface SyntheticFingerProps {
  readonly pad: TouchPad;
  readonly withoutFinger: boolean;
}

export function SyntheticFinger({ pad, withoutFinger }: SyntheticFingerProps) {
  return (
    <>
      <div class="field-row">
        <label class="field">
          <span>Person</span>
          <input
            type="number"
            min={0}
            max={MAX_PERSON}
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
