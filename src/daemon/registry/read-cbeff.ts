/** Fingers of a person out of CBEFF in XML: ISO/IEC 19785-3, as MOSIP writes it. */

import { XMLParser } from 'fast-xml-parser';
import { AbisRefusal } from '../../composition/abis/abis-failure.ts';
import type { CbeffContent, CbeffFinger } from '../../composition/abis/cbeff-content.ts';
import type { SubFactor } from '../../core/identifiers.ts';
import { FINGERS } from '../../core/sub-factor.ts';

/** Records of a document: ten fingers, two irises, a face, exceptions. */
const MOST_RECORDS = 30;
const BASE64 = /^[A-Za-z0-9+/_-]+={0,2}$/;

const NAMED = new Map<string, SubFactor>(
  Object.entries(FINGERS).map(([name, subFactor]) => [name.replace('-', ''), subFactor]),
);

const PARSER = new XMLParser({
  ignoreAttributes: true,
  removeNSPrefix: true,
  parseTagValue: false,
  processEntities: false,
  isArray: (name) => name === 'BIR',
});

/** Throws an {@link AbisRefusal}. */
export function readCbeff(bytes: Uint8Array): CbeffContent {
  const records = recordsOf(bytes);
  if (records.length > MOST_RECORDS) throw new AbisRefusal('cbeff');
  const filled = records.filter(({ BDB }) => typeof BDB === 'string' && BDB.trim() !== '');
  const fingers = filled.filter((record) => of(record, 'Type').startsWith('finger')).map(fingerOf);
  return { fingers, others: filled.length - fingers.length };
}

type Element = Readonly<Record<string, unknown>>;

/** All records, whatever they are nested in. */
function recordsOf(bytes: Uint8Array): readonly Element[] {
  let root: unknown;
  try {
    const xml = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    // No document of a registry has one, and nothing good comes of it.
    if (/<!(?:DOCTYPE|ENTITY)/i.test(xml)) throw new AbisRefusal('cbeff');
    root = PARSER.parse(xml, true);
  } catch {
    throw new AbisRefusal('cbeff');
  }
  const [outer] = elements((root as Element).BIR);
  if (outer === undefined) throw new AbisRefusal('cbeff');
  return [outer, ...elements(outer.BIR)];
}

function elements(value: unknown): readonly Element[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'object' && each !== null) : [];
}

function fingerOf(record: Element): CbeffFinger {
  const text = String(record.BDB).replaceAll(/\s/g, '');
  if (!BASE64.test(text)) throw new AbisRefusal('cbeff');
  const words = of(record, 'Subtype').replaceAll(/[^a-z]|finger/g, '');
  return { subFactor: NAMED.get(words), bytes: Uint8Array.from(Buffer.from(text, 'base64')) };
}

function of({ BDBInfo }: Element, field: 'Type' | 'Subtype'): string {
  const value = typeof BDBInfo === 'object' && BDBInfo !== null ? (BDBInfo as Element)[field] : undefined;
  return typeof value === 'string' ? value.trim().toLowerCase() : '';
}
