/** What nodes and those who ask them say to each other. */

import { z } from 'zod';
import { LONGEST_LIST } from '../longest-list.ts';

/** Most parts of a gallery. */
export const MAX_PARTS = 4096;
/** Most probes in one message. */
export const MAX_PROBES = 64;
/** Most bytes of a probe: a template of many impressions. */
export const MAX_PROBE_BYTES = 65_536;

const count = z.int().min(0);
const part = z
  .int()
  .min(0)
  .max(MAX_PARTS - 1);
const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array);
const name = z.string().min(1).max(64);
const position = z.strictObject({ incarnation: z.string().max(64), change: count, token: z.string().max(64) });

/** A part that a node holds, and through which change. */
const heldPart = z.strictObject({ part, change: count, size: count });

/** What a node says of itself, again and again. */
const alive = z.strictObject({
  kind: z.literal('alive'),
  /** Name by configuration, and number of this start: of two nodes with one name both are seen. */
  node: name,
  instance: name,
  parts: z.int().min(1).max(MAX_PARTS),
  /** Milliseconds until it says so again. */
  everyMs: z.int().min(1),
  state: z.enum(['serving', 'draining', 'gone']),
  incarnation: z.string().max(64),
  /** Last change that it knows of, in its parts or not. */
  change: count,
  /** Searches that wait or run. */
  queue: count,
  looks: z.int().min(1).max(8),
  held: z.array(heldPart).max(MAX_PARTS),
});

/** Asks a node for some of its parts. */
const search = z.strictObject({
  kind: z.literal('search'),
  /** Answered with it, and canceled by it. */
  id: bytes,
  of: z.int().min(1).max(MAX_PARTS),
  parts: z.array(part).min(1).max(MAX_PARTS),
  purpose: z.enum(['identify', 'duplicates']),
  probes: z.array(bytes).min(1).max(MAX_PROBES),
  look: count,
  /** References of the whole gallery. */
  size: count,
  through: position,
  /** How long an answer is waited for. */
  withinMs: z.int().min(1),
  /** Behind every search that is not. */
  isBatch: z.boolean(),
});

const cancel = z.strictObject({ kind: z.literal('cancel'), id: bytes });
/** Asks all nodes to say that they are alive. */
const roll = z.strictObject({ kind: z.literal('roll') });

const candidate = z.strictObject({
  recordId: z.int().min(1),
  score: z.number().min(0),
  threshold: z.number().exactOptional(),
});

/** A part that was searched: what was found for each probe, through which position, among how many references. */
const searchedPart = z.strictObject({
  part,
  through: position,
  size: count,
  found: z.array(z.array(candidate).max(LONGEST_LIST)).max(MAX_PROBES),
});

/** Why a node did not search a part. */
export const REFUSALS = ['not-held', 'behind', 'other-history', 'busy', 'other-parts', 'failed'] as const;

const answer = z.strictObject({
  kind: z.literal('answer'),
  id: bytes,
  queue: count,
  searched: z.array(searchedPart).max(MAX_PARTS),
  refused: z.array(z.strictObject({ part, why: z.enum(REFUSALS) })).max(MAX_PARTS),
});

/** The probe is none: asking another node would not help. */
const unusable = z.strictObject({ kind: z.literal('unusable'), id: bytes, message: z.string().max(1000) });

export const MESSAGE = z.discriminatedUnion('kind', [alive, search, cancel, roll, answer, unusable]);

export type MatchMessage = z.infer<typeof MESSAGE>;
export type AliveMessage = z.infer<typeof alive>;
export type SearchMessage = z.infer<typeof search>;
export type AnswerMessage = z.infer<typeof answer>;
export type SearchedPart = z.infer<typeof searchedPart>;
export type Refusal = (typeof REFUSALS)[number];
