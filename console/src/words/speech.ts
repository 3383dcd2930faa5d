/** Loads the catalogue of the chosen language, and speaks it. */

import { preferences } from '../browser/preferences.ts';
import { LANGUAGES, type LanguageName, languageFor } from '../languages/languages.ts';
import { speak } from './catalogue.ts';

/** The language that is on its way, so that an earlier one does not overtake it. */
let wanted: LanguageName | undefined;
/** All texts of the language that is spoken, once somebody has asked for them. */
let whole: Promise<void> | undefined;

/** Speaks the chosen language from now on, and each that is chosen later. Resolves when the first page can be drawn. */
export async function followLanguage(): Promise<void> {
  const language = chosen();
  wanted = language;
  const texts = await LANGUAGES[language].first();
  turn(language);
  speak(language, texts);
  preferences.language.subscribe(() => void change());
}

/** Resolves when every page has its texts. Rejects when they cannot be loaded now. */
export function allTexts(): Promise<void> {
  whole ??= load(wanted ?? chosen()).catch((thrown) => {
    // Asked for again by the next page.
    whole = undefined;
    throw thrown;
  });
  return whole;
}

function chosen(): LanguageName {
  const { value } = preferences.language;
  return languageFor(value === '' ? navigator.languages : [value]);
}

async function change(): Promise<void> {
  const language = chosen();
  if (wanted === language) return;
  wanted = language;
  whole = undefined;
  // Without its texts the page keeps the language it has.
  await allTexts().catch(() => undefined);
}

async function load(language: LanguageName): Promise<void> {
  const catalogue = await LANGUAGES[language].load();
  if (wanted !== language) return;
  turn(language);
  speak(language, catalogue);
}

/** Tells the document, so that browsers hyphenate, read aloud and turn it. */
function turn(language: LanguageName): void {
  document.documentElement.lang = language;
  document.documentElement.dir = LANGUAGES[language].direction;
}
