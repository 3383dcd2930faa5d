/** Lists the keys, and switches the single ones off. */

import { preferences } from '../browser/preferences.ts';
import { helping } from '../frame/helping.ts';
import type { Key } from '../languages/catalogue.ts';
import { Dialog } from '../parts/dialog.tsx';
import { t } from '../words/catalogue.ts';

const ROWS: readonly (readonly [keys: readonly string[], text: Key])[] = [
  [['Ctrl K', '/'], 'keys.find'],
  [['G L', 'G P', 'G J', 'G R', 'G S', 'G D'], 'keys.go'],
  [['E'], 'keys.enroll'],
  [['Esc'], 'keys.close'],
  [['Space'], 'keys.touch'],
  [['← ↑ → ↓'], 'keys.move'],
  [['Shift ← →'], 'keys.turn'],
  [['Enter'], 'keys.save'],
  [['J', 'K'], 'keys.rows'],
  [['X'], 'keys.select'],
  [['?'], 'keys.help'],
];

export function KeyboardHelp() {
  return (
    <Dialog title={t('keys.title')} closeLabel={t('close')} onClose={() => (helping.value = false)}>
      <dl class="facts keys">
        {ROWS.map(([keys, text]) => (
          <div key={text} class="contents">
            <dt dir="ltr">
              {keys.map((each) => (
                <kbd key={each}>{each}</kbd>
              ))}
            </dt>
            <dd>{t(text as 'keys.find')}</dd>
          </div>
        ))}
      </dl>
      <label class="check">
        <input
          type="checkbox"
          checked={preferences.keys.value}
          onChange={(event) => (preferences.keys.value = event.currentTarget.checked)}
        />
        {t('keys.single')}
      </label>
    </Dialog>
  );
}
