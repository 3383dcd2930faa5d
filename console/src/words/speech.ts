/** Loads the catalogue of the chosen language, and speaks it. */

import { preferences } from '../browser/preferences.ts';
import { LANGUAGES, type LanguageName, languageFor } from '../languages/languages.ts';
import { speak } from './catalogue.ts';

/** The language that is on its way, so that an earlier one does not overtake it. */
let wanted: LanguageName | undefined;

/** Speaks the chosen language from now on, and each that is chosen later. Resolves when the first can be spoken. */
export async function followLanguage(): Promise<void> {
  await change();
  preferences.language.subscribe(() => void change());
}

async function change(): Promise<void> {
  const { value } = preferences.language;
  const language = languageFor(value === '' ? navigator.languages : [value]);
  if (wanted === language) return;
  wanted = language;
  const catalogue = await LANGUAGES[language].load();
  if (wanted !== language) return;
  document.documentElement.lang = language;
  document.documentElement.dir = LANGUAGES[language].direction;
  speak(language, catalogue);
}
