/** Text as it is searched: case, accents and width do not count, whatever the locale. */

/** Marks that a reader leaves out. Vowel signs of Indic scripts and voicing marks of kana tell words apart, and stay. */
const MARKS = new RegExp(
  [
    '[\\u0300-\\u036f]|[\\u0483-\\u0489]|[\\u1ab0-\\u1aff]|[\\u1dc0-\\u1dff]|[\\u20d0-\\u20ff]|[\\ufe20-\\ufe2f]|[\\ufe00-\\ufe0f]',
    // Points of Hebrew and Arabic, and the stroke that lengthens a word.
    '[\\u0591-\\u05bd]|[\\u05bf-\\u05c7]|[\\u0610-\\u061a]|[\\u064b-\\u065f]|\\u0640|\\u0670',
  ].join('|'),
  'g',
);

/** Letters that Unicode does not decompose although people look for them so. */
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ħ: 'h',
  ı: 'i',
  ς: 'σ',
  ʼ: "'",
  '’': "'",
  '‘': "'",
  ي: 'ی',
  ى: 'ی',
  ك: 'ک',
};
const LETTER = new RegExp(`[${Object.keys(LETTERS).join('')}]`, 'g');

/** The folded text: compatibility forms decomposed (Unicode Annex 15), marks left out, letters small. */
export function foldText(text: string): string {
  return text
    .normalize('NFKD')
    .replace(MARKS, '')
    .toLowerCase()
    .replace(MARKS, '')
    .replace(LETTER, (letter) => LETTERS[letter] ?? letter);
}

/** The words of a text to look for, folded. */
export function foldedWords(text: string): readonly string[] {
  return foldText(text)
    .split(/[\s,;]+/)
    .filter((word) => word !== '');
}
