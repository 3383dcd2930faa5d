import { expect, test } from 'vitest';
import { foldedWords, foldText } from './fold-text.ts';

test.each([
  ['Ágnes MÜLLER', 'agnes muller'],
  ['Łukasz Ørsted Æsir', 'lukasz orsted aesir'],
  ['STRAẞE Straße', 'strasse strasse'],
  ['İstanbul ısı', 'istanbul isi'],
  ['ＡＢＣ１２', 'abc12'],
  ['Ὀδυσσεύς', 'οδυσσευσ'],
  ['Ёлка', 'елка'],
  ['مُحَمَّد', 'محمد'],
  ['ﬁn', 'fin'],
])('%s is searched as %s', (text, folded) => {
  expect(foldText(text)).toBe(folded);
  expect(foldText(foldText(text))).toBe(folded);
});

test('signs that tell words apart stay', () => {
  expect(foldText('が')).not.toBe(foldText('か'));
  expect(foldText('कि')).not.toBe(foldText('का'));
});

test('words are what is between spaces and commas', () => {
  expect(foldedWords('  Lovelace,  Ada ')).toEqual(['lovelace', 'ada']);
});
