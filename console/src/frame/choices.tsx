/** Language and light of the console. */

import { useSignal } from '@preact/signals';
import { preferences } from '../browser/preferences.ts';
import { LANGUAGES, type LanguageName } from '../languages/languages.ts';
import { Dialog } from '../parts/dialog.tsx';
import { Icon } from '../parts/icon.tsx';
import { spoken, t } from '../words/catalogue.ts';

export function LanguageChoice() {
  const open = useSignal(false);
  const now = spoken();
  return (
    <>
      <button
        type="button"
        class="btn plain small"
        title={t('language')}
        aria-haspopup="dialog"
        onClick={() => (open.value = true)}
      >
        <Icon name="language" />
        <span class="words">{LANGUAGES[now].name}</span>
        <span class="sr">{t('language')}</span>
      </button>
      {open.value && (
        <Dialog title={t('language')} closeLabel={t('close')} onClose={() => (open.value = false)}>
          <div class="more-list">
            {(Object.keys(LANGUAGES) as LanguageName[]).map((each) => (
              <button
                key={each}
                type="button"
                class="btn plain"
                lang={each}
                aria-pressed={each === now}
                onClick={() => {
                  preferences.language.value = each;
                  open.value = false;
                }}
              >
                {each === now && <Icon name="check" />}
                {LANGUAGES[each].name}
              </button>
            ))}
          </div>
        </Dialog>
      )}
    </>
  );
}

export function ThemeChoice() {
  const dark = isDark();
  return (
    <button
      type="button"
      class="btn plain small icon-only"
      title={t('theme')}
      aria-label={t('theme')}
      aria-pressed={dark}
      onClick={() => (preferences.theme.value = dark ? 'light' : 'dark')}
    >
      <Icon name="dark" />
    </button>
  );
}

function isDark(): boolean {
  const { value } = preferences.theme;
  return value === 'auto' ? matchMedia('(prefers-color-scheme: dark)').matches : value === 'dark';
}
