/** Checks the policy of a configuration. */

import { z } from 'zod';
import { isSid } from '../../../core/sid.ts';
import { LONGEST_LOGON_WINDOW_MS } from '../../../service/access/policy.ts';
import { flag } from './fields.ts';

const WINDOW = 'give 0 to 60000 milliseconds';

const antiSpoof = z
  .strictObject({
    everybody: flag.optional().describe('For every account that is not named; these accounts cannot change it.'),
    accounts: z.record(z.string().refine(isSid, 'name accounts by their SID'), flag).optional().describe('By SID.'),
  })
  .readonly();

function number(most: number, description: string) {
  const remedy = `give 1 to ${most}`;
  return z.int(remedy).min(1, remedy).max(most, remedy).optional().describe(description);
}

const attempts = z
  .strictObject({
    perAccount: number(1000, 'Failed verifications of one account in a row before it is locked. Default: 5.'),
    perReader: number(1000, 'Failed attempts at one reader in a row before it is locked. Default: 10.'),
    lockSeconds: number(86_400, 'The first lock; each further failure doubles it. Default: 30.'),
    longestLockSeconds: number(86_400, 'The longest lock. Default: 900, or the first one if that is longer.'),
  })
  .readonly();

const idle = z
  .strictObject({
    enrollmentSeconds: number(86_400, 'An enrollment without a sample. Default: 120.'),
    lockSeconds: number(86_400, 'A lock without an operation. Default: 300.'),
  })
  .readonly();

const journal = z
  .strictObject({
    days: number(36_500, 'How long lines are kept, days. Default: 365.'),
    onDelete: z
      .enum(['forget', 'keep'], "give 'forget' or 'keep'")
      .optional()
      .describe('Whether the lines of a person that is deleted still say whose they are. Default: forget.'),
    pictures: z
      .enum(['none', 'refused', 'all'], "give 'none', 'refused' or 'all'")
      .optional()
      .describe('Of which samples a picture is kept with the line, sealed; each look is audited. Default: none.'),
    pictureDays: number(36_500, 'How long pictures are kept, days. Default: 30.'),
    required: flag
      .optional()
      .describe('Whether a touch is refused whose line cannot be written. Default: false, the answer goes out.'),
  })
  .readonly();

export const POLICY_SCHEMA = z
  .strictObject({
    enabled: flag.optional().describe('Whether the framework serves anyone. Default: true.'),
    logon: flag.optional().describe('Whether a finger may log on. Default: false.'),
    domainLogon: flag.optional().describe('Whether a finger may log on to a domain account. Default: false.'),
    credentialProvider: flag.optional().describe('Whether credentials may be kept for logon. Default: false.'),
    fastUserSwitching: flag
      .optional()
      .describe('Whether a finger may switch the console to its account. Default: false.'),
    secureAttention: flag
      .optional()
      .describe('Whether a logon needs a secure attention sequence first. Default: false.'),
    logonWindowMs: z
      .number(WINDOW)
      .min(0, WINDOW)
      .max(LONGEST_LOGON_WINDOW_MS, WINDOW)
      .optional()
      .describe('How long an identification serves for a logon, milliseconds. Default: 5000.'),
    antiSpoof: antiSpoof
      .optional()
      .describe('Whether engines look for fakes. Default: they do, and each account may change its own setting.'),
    scoreSteps: flag
      .optional()
      .describe('Whether ordinary accounts learn the score of a match, in whole steps. Default: false.'),
    attempts: z
      .union([z.literal(false), attempts], 'give false or { perAccount, perReader, lockSeconds, longestLockSeconds }')
      .optional()
      .describe('When failed attempts lock a reader or an account; false for never.'),
    idle: z
      .union([z.literal(false), idle], 'give false or { enrollmentSeconds, lockSeconds }')
      .optional()
      .describe('How long a session may hold a reader without using it; false for as long as it lives.'),
    journal: z
      .union([z.literal(false), journal], 'give false or { days, onDelete, pictures, pictureDays, required }')
      .optional()
      .describe('What the journal keeps, and for how long; false for no journal.'),
  })
  .readonly();
