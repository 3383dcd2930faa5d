/** Requests of a registry, read from JSON. MOSIP: ABIS API. */

import { z } from 'zod';
import { type AbisFailureName, AbisRefusal } from './abis-failure.ts';

/** A person to insert. */
export interface AbisInsert {
  readonly kind: 'insert';
  readonly referenceId: string;
  readonly referenceUrl: string;
}

/** A person to look for. */
export interface AbisIdentify {
  readonly kind: 'identify';
  /** An inserted person, who is not reported. */
  readonly referenceId: string | undefined;
  /** Where the biometrics are when nobody was inserted by this id. */
  readonly referenceUrl: string | undefined;
  /** Who may be reported; undefined for everybody. */
  readonly among: ReadonlySet<string> | undefined;
  /** Most candidates. */
  readonly maxResults: number;
}

/** A person to delete. */
export interface AbisDelete {
  readonly kind: 'delete';
  readonly referenceId: string;
}

/** What the service is asked. */
export type AbisRequest =
  | AbisInsert
  | AbisIdentify
  | AbisDelete
  | { readonly kind: 'ping' | 'pendingJobs' | 'referenceCount' };

/** What of a request its answer repeats, whatever is wrong with it. */
export interface AbisEnvelope {
  readonly id: string;
  readonly requestId: string;
}

const KINDS = ['insert', 'identify', 'delete', 'ping', 'pendingJobs', 'referenceCount'] as const;
const VERSION = '1.1';
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/;
/** Candidates of an answer, unless the request says otherwise, and at most. */
const USUAL_RESULTS = 10;
const MOST_RESULTS = 100;
/** References that a search may be restricted to. */
const MOST_REFERENCES = 10_000;
const MOST_CHARACTERS = 256;

const text = z.string().max(2048);
const referenceId = z.string().max(MOST_CHARACTERS);
const FIELDS = z.object({
  id: text.nullish(),
  version: text.nullish(),
  requestId: text.nullish(),
  requesttime: text.nullish(),
  referenceId: referenceId.nullish(),
  referenceURL: text.nullish(),
  flags: z.object({ maxResults: z.union([z.string().regex(/^\d{1,6}$/), z.int().min(0)]).nullish() }).nullish(),
  gallery: z.object({ referenceIds: z.array(z.object({ referenceId })).max(MOST_REFERENCES).nullish() }).nullish(),
});

/** The parts that an answer repeats. */
export function envelopeOf(body: unknown): AbisEnvelope {
  const { id, requestId } = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  const short = (value: unknown) => (typeof value === 'string' && value.length <= MOST_CHARACTERS ? value : '');
  return { id: short(id), requestId: short(requestId) };
}

/** Throws an {@link AbisRefusal}. */
export function readAbisRequest(body: unknown): AbisRequest {
  const read = FIELDS.safeParse(body);
  if (!read.success) throw new AbisRefusal('structure');
  const { id, version, requestId, requesttime, flags, gallery, ...given } = read.data;
  const kind = KINDS.find((each) => id === `mosip.abis.${each}`);
  if (kind === undefined) throw new AbisRefusal('id');
  if (version !== VERSION) throw new AbisRefusal('version');
  present(requestId, 'no-request-id');
  const time = present(requesttime, 'no-request-time');
  if (!TIME.test(time) || Number.isNaN(Date.parse(time))) throw new AbisRefusal('request-time');
  const [reference, url] = [given.referenceId || undefined, given.referenceURL || undefined];
  switch (kind) {
    case 'insert': {
      const inserted = present(reference, 'no-reference-id');
      return { kind, referenceId: inserted, referenceUrl: present(url, 'no-reference-url') };
    }
    case 'delete':
      return { kind, referenceId: present(reference, 'no-reference-id') };
    case 'identify': {
      if (url === undefined) present(reference, 'no-reference-id');
      const among = gallery?.referenceIds?.map((each) => each.referenceId);
      return {
        kind,
        referenceId: reference,
        referenceUrl: url,
        among: among && new Set(among),
        maxResults: Math.min(Number(flags?.maxResults ?? USUAL_RESULTS) || USUAL_RESULTS, MOST_RESULTS),
      };
    }
    default:
      return { kind };
  }
}

function present(value: string | null | undefined, failure: AbisFailureName): string {
  if (value === undefined || value === null || value === '') throw new AbisRefusal(failure);
  return value;
}
