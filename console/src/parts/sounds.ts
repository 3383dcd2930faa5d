/** Short tones for those who look at the reader, not at the screen; and spoken answers, where somebody wants them. */

import { preferences } from '../browser/preferences.ts';
import { spoken } from '../words/catalogue.ts';

/** Frequencies in hertz, one after the other. */
const TONES = {
  good: [660],
  poor: [220],
  done: [660, 880],
  yes: [660, 880],
  no: [247, 196],
} as const satisfies Record<string, readonly number[]>;

export type Sound = keyof typeof TONES;

const TONE_S = 0.12;
const VOLUME = 0.15;
let context: AudioContext | undefined;

/** Plays a tone, unless sounds are off. */
export function play(sound: Sound): void {
  if (!preferences.sounds.value || typeof AudioContext === 'undefined') return;
  // Without a click on the page before, browsers keep it silent; then it stays silent.
  context ??= new AudioContext();
  const { currentTime } = context;
  for (const [i, hertz] of TONES[sound].entries()) tone(context, hertz, currentTime + i * TONE_S);
}

function tone(audio: AudioContext, hertz: number, atS: number): void {
  const oscillator = audio.createOscillator();
  const gain = audio.createGain();
  oscillator.frequency.value = hertz;
  gain.gain.setValueAtTime(VOLUME, atS);
  gain.gain.exponentialRampToValueAtTime(0.001, atS + TONE_S);
  oscillator.connect(gain).connect(audio.destination);
  oscillator.start(atS);
  oscillator.stop(atS + TONE_S);
}

/** Speaks a text in the language of the page, if that is wanted. */
export function speakAloud(text: string): void {
  if (!preferences.speech.value || typeof speechSynthesis === 'undefined') return;
  speechSynthesis.cancel();
  const words = new SpeechSynthesisUtterance(text);
  words.lang = spoken();
  speechSynthesis.speak(words);
}
