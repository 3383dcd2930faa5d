/** `whorl readers test`: tries a reader without a service. */

import { writeFile } from 'node:fs/promises';
import { type ListedReader, listedReaders } from '../../composition/compose/listed-readers.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import type { GreyImage } from '../../core/grey-image.ts';
import { SILENT_LOGGER } from '../../core/logger.ts';
import { DEFAULT_PPI } from '../../drivers/libfprint/driver-settings.ts';
import { type DrivenReader, describeReader, isDriven } from '../../drivers/libfprint/found-readers.ts';
import type { ReaderPicture } from '../../drivers/libfprint/helper-messages.ts';
import { isChosen } from '../../drivers/libfprint/libfprint-readers.ts';
import { ReaderLink } from '../../drivers/libfprint/reader-link.ts';
import { extract } from '../../fingerprint/index.ts';
import { encodePng } from '../../formats/index.ts';
import { EXIT_NO } from '../exit-codes.ts';
import { rejection } from '../fingers/identify.ts';
import { tell } from '../fingers/on-session.ts';
import { interruptSignal } from '../interruption.ts';
import { print } from '../print.ts';

/** Options of the command. */
export interface TestReaderOptions {
  /** File for the picture. */
  readonly out?: string;
  readonly ppi?: number;
  readonly seconds?: number;
  readonly json?: boolean;
}

/**
 * Captures once, telling what was wrong with each touch before. Rejects with WINBIO_E_SENSOR_UNAVAILABLE (nothing is plugged
 * in), E_INVALIDARG (no reader of that name), E_ACCESSDENIED, WHORL_E_CONFIGURATION, WHORL_E_DEADLINE, WINBIO_E_CANCELED.
 */
export async function testReader(name: string | undefined, options: TestReaderOptions): Promise<void> {
  const reader = await chosen(name);
  using interruption = interruptSignal();
  const { signal } = interruption;
  const { seconds } = options;
  const limited = seconds === undefined ? signal : AbortSignal.any([signal, AbortSignal.timeout(1000 * seconds)]);
  await using link = await ReaderLink.start(reader, { logger: SILENT_LOGGER });
  try {
    if (link.facts.features.includes('capture')) await testPicture(link, options, limited);
    else await testMatching(link, options, limited);
  } catch (thrown) {
    if (!limited.aborted || signal.aborted) throw thrown;
    throw new BiometricError('WHORL_E_DEADLINE', `nobody touched the reader within ${seconds} s`, { cause: thrown });
  }
}

async function chosen(name: string | undefined): Promise<DrivenReader> {
  const listed = await listedReaders();
  const driven = listed.filter((each): each is ListedReader & DrivenReader => isDriven(each));
  const reader = name === undefined ? driven[0] : driven.find((each) => each.name === name || isNamed(each, name));
  if (reader === undefined) {
    const [other] = listed;
    if (listed.length === 0)
      throw new BiometricError('WINBIO_E_SENSOR_UNAVAILABLE', 'no fingerprint reader is plugged in');
    if (driven.length === 0 && other) {
      throw new BiometricError('WINBIO_E_SENSOR_UNAVAILABLE', `${describeReader(other)}: ${other.words}`);
    }
    const names = driven.map((each) => each.name).join(', ');
    throw new BiometricError('E_INVALIDARG', `there is no reader named ${name}; there are ${names}`);
  }
  if (reader.state === 'no-permission') throw new BiometricError('E_ACCESSDENIED', `${reader.node}: ${reader.words}`);
  return reader;
}

function isNamed(reader: DrivenReader, name: string): boolean {
  return isChosen(reader, { device: name }) || reader.driver === name;
}

async function testPicture(
  link: ReaderLink,
  { out, ppi, json }: TestReaderOptions,
  signal: AbortSignal,
): Promise<void> {
  const { name, swipe, driver } = link.facts;
  tell(`${swipe ? 'swipe' : 'touch'} ${name} ...`);
  const image = imageOf(await pictureOf(link, signal), link, ppi);
  if (out !== undefined) await writeFile(out, encodePng(image), { mode: 0o600 });
  const extracted = extract(image, { acceptSeveral: true });
  const { quality, guidance } = extracted;
  const { widthPx, heightPx, resolutionPpi } = image;
  const minutiae = extracted.kind === 'features' ? extracted.minutiae.length : 0;
  const usable = extracted.kind === 'features';
  if (!usable) process.exitCode = EXIT_NO;
  const report = { reader: name, driver, widthPx, heightPx, resolutionPpi, usable, quality: quality.value, minutiae };
  const lines = [
    `${name}: ${widthPx} x ${heightPx} pixels, ${resolutionPpi} ppi`,
    extracted.kind === 'features'
      ? `quality ${quality.value}, ${minutiae} minutiae`
      : `the picture is of no use to the engine: ${rejection(extracted.detail)}`,
    ...guidance.map(({ words }) => words),
    ...(out === undefined ? [] : [`written to ${out}`]),
  ];
  print(json, { ...report, ...(out !== undefined && { file: out }), guidance }, lines.join('\n'));
}

/** Until a touch can be used. */
async function pictureOf(link: ReaderLink, signal: AbortSignal): Promise<ReaderPicture> {
  for (;;) {
    const outcome = await link.call('capture', [], { signal });
    if (outcome.kind === 'picture') return outcome.picture;
    tell(`${rejection(outcome.detail)}; once more ...`);
  }
}

function imageOf({ pixelsPerInch, ...picture }: ReaderPicture, link: ReaderLink, ppi: number | undefined): GreyImage {
  return { ...picture, resolutionPpi: ppi ?? pixelsPerInch ?? link.settings.ppi ?? DEFAULT_PPI };
}

/** A reader without pictures is asked whose print a touch is. */
async function testMatching(link: ReaderLink, { out, json }: TestReaderOptions, signal: AbortSignal): Promise<void> {
  const { name, driver, features, enrollStages } = link.facts;
  if (out !== undefined) {
    throw new BiometricError('E_NOTIMPL', `${name} matches on its chip and hands out no picture: leave out --out`);
  }
  await link.open(signal);
  const prints = features.includes('list') ? await link.call('list', [], { signal }) : undefined;
  const held = prints === undefined ? 'it does not say what it holds' : `it holds ${prints.length} prints`;
  const report = { reader: name, driver, features, enrollStages, prints: prints?.length };
  if (prints === undefined || prints.length === 0 || !features.includes('identify')) {
    print(json, report, `${name}: opens and answers; ${held}`);
    return;
  }
  tell(`${name}: ${held}; touch it ...`);
  for (;;) {
    const outcome = await link.call('identify', [prints.map(({ handle }) => handle)], { signal });
    if (outcome.kind === 'rejected') {
      tell(`${rejection(outcome.detail)}; once more ...`);
      continue;
    }
    const words =
      outcome.kind === 'match' ? `the finger of print ${prints[outcome.index]?.id}` : 'a finger it does not hold';
    print(json, { ...report, outcome: outcome.kind }, `${name}: ${words}`);
    return;
  }
}
