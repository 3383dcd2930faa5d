/** What only this browser remembers: light, language, sounds, keys. */

import { preferences, type Theme } from '../../browser/preferences.ts';
import { helping } from '../../frame/helping.ts';
import { LANGUAGES, type LanguageName } from '../../languages/languages.ts';
import { Select } from '../../parts/field.tsx';
import { spoken, t } from '../../words/catalogue.ts';

export function ThisBrowser() {
  return (
    <section class="card" aria-labelledby="browser-title">
      <h2 id="browser-title">{t('settings.browser')}</h2>
      <div class="filters">
        <Select
          label={t('language')}
          value={spoken()}
          options={(Object.keys(LANGUAGES) as LanguageName[]).map((each) => [each, LANGUAGES[each].name] as const)}
          onChoose={(language) => (preferences.language.value = language)}
        />
        <Select
          label={t('theme')}
          value={preferences.theme.value}
          options={[
            ['auto', t('theme.auto')],
            ['light', t('theme.light')],
            ['dark', t('theme.dark')],
          ]}
          onChoose={(theme) => (preferences.theme.value = theme as Theme)}
        />
      </div>
      <div class="actions">
        <Flag label={t('settings.sounds')} value={preferences.sounds} />
        <Flag label={t('settings.speech')} value={preferences.speech} />
        <Flag label={t('keys.single')} value={preferences.keys} />
        <button type="button" class="btn plain small" onClick={() => (helping.value = true)}>
          {t('keys.title')}
        </button>
      </div>
    </section>
  );
}

function Flag({ label, value }: { readonly label: string; readonly value: { value: boolean } }) {
  return (
    <label class="check">
      <input type="checkbox" checked={value.value} onChange={(event) => (value.value = event.currentTarget.checked)} />
      {label}
    </label>
  );
}
