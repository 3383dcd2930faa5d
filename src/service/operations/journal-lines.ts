/** Lines of the journal that operations write: what came of a sample, which fingers came and went. */

import { isBiometricError } from '../../core/biometric-error.ts';
import type { RejectDetail, SubFactor } from '../../core/identifiers.ts';
import type { Identity, OwnerIdentity } from '../../core/identity.ts';
import type { JournalEntry, JournalKind, JournalPerson, ScoreClass } from '../../core/journal-line.ts';
import type { RecognisedPerson } from '../../core/person.ts';
import { WINBIO_E_CRED_PROV_SECURITY_LOCKOUT } from '../../core/result-constants.ts';
import type { AttemptLock } from '../../core/service-report.ts';
import type { Principal } from '../access/principal.ts';
import type { ServiceContext } from '../context.ts';
import type { Unit } from '../units/unit.ts';
import type { Attempt } from './attempt.ts';
import { journalPicture } from './journal-picture.ts';

/** A match, with the person behind it when the directory knows. */
interface Matched {
  readonly identity: OwnerIdentity;
  readonly subFactor: SubFactor;
  readonly score: number;
  readonly threshold?: number | undefined;
}

/** Where something happened, and who asked. */
interface Where {
  readonly principal: Principal;
  readonly unit: Unit;
}

/** An attempt, with its sample. */
export interface SampleAttempt extends Attempt {
  readonly sample: Uint8Array;
}

/** Decades above the threshold from which on a score is of the class. */
const CLASSES: readonly (readonly [least: number, ScoreClass])[] = [
  [2, 'high'],
  [1, 'middle'],
  [Number.NEGATIVE_INFINITY, 'low'],
];

/** Names the person of a match, and writes its line, which is durable when this resolves. Rejects as the directory does. */
export async function noteMatch(
  context: ServiceContext,
  attempt: SampleAttempt,
  { identity, subFactor, score, threshold }: Matched,
  counts: Extract<JournalKind, 'recognised' | 'verified'>,
): Promise<RecognisedPerson | undefined> {
  const { people, places } = context;
  const person = await people?.recognise(identity, places.of(attempt.unit.name).place);
  const sure = threshold === undefined ? undefined : CLASSES.find(([least]) => score - threshold >= least)?.[1];
  await noteSample(context, attempt, {
    ...(person?.invalid === undefined ? { kind: counts } : { kind: 'not-valid', reason: person.invalid }),
    ...whereOf(places, attempt),
    person: { identity, name: person?.name ?? '' },
    subFactor,
    ...(sure && { scoreClass: sure }),
  });
  return person;
}

/** Writes the line of a sample that matched nobody, or not the claim, and one for each lock that it led to. */
export async function noteFailure(
  context: ServiceContext,
  attempt: SampleAttempt,
  kind: Extract<JournalKind, 'unknown' | 'not-verified'>,
  locks: readonly AttemptLock[],
): Promise<void> {
  const { people, journal, places } = context;
  if (journal === undefined) return;
  const where = whereOf(places, attempt);
  const claimed = attempt.claim && { person: await nameOf(people, attempt.claim) };
  const locked = locks.map((lock): JournalEntry => {
    return { kind: 'locked', ...where, ...(lock.kind === 'account' && claimed), reason: lock.kind };
  });
  await noteSample(context, attempt, { kind, ...where, ...claimed }, ...locked);
}

/** Writes the line of a sample that could not be used; those that the sensor rejects have none to show. */
export async function noteRejected(
  context: ServiceContext,
  where: Where & { readonly sample?: Uint8Array },
  rejectDetail: RejectDetail,
): Promise<void> {
  await noteSample(context, where, { kind: 'rejected', ...whereOf(context.places, where), rejectDetail });
}

/** The first line is about the sample, with its picture where policy keeps it. */
async function noteSample(
  context: ServiceContext,
  { unit, sample }: Pick<Where, 'unit'> & { readonly sample?: Uint8Array },
  entry: JournalEntry,
  ...others: readonly JournalEntry[]
): Promise<void> {
  const { journal } = context;
  if (journal === undefined) return;
  const shown = sample === undefined ? {} : await journalPicture(context, unit, entry.kind, sample);
  await journal.note({ entry, ...shown }, ...others);
}

/** Runs a check that refuses while something is locked; the refusal has a line. */
export async function refusing(context: ServiceContext, attempt: Attempt, check: () => void): Promise<void> {
  try {
    check();
  } catch (thrown) {
    if (isBiometricError(thrown) && thrown.hresult === WINBIO_E_CRED_PROV_SECURITY_LOCKOUT) {
      await context.journal?.note({ kind: 'locked', ...whereOf(context.places, attempt), reason: 'refused' });
    }
    throw thrown;
  }
}

/** Writes the line of a template that was stored or deleted; 0 for all fingers. */
export async function noteTemplate(
  { people, journal, places }: ServiceContext,
  kind: Extract<JournalKind, 'enrolled' | 'deleted'>,
  where: Where,
  owner: Identity,
  subFactor: SubFactor,
): Promise<void> {
  if (journal === undefined) return;
  const isOwner = owner.type === 'sid' || owner.type === 'guid';
  const person = isOwner ? await nameOf(people, owner) : undefined;
  const about = person ? { person } : { reason: 'everybody' };
  await journal.note({ kind, ...whereOf(places, where), ...about, ...(subFactor !== 0 && { subFactor }) });
}

/** A directory that cannot be asked keeps no change from its line. */
async function nameOf(people: ServiceContext['people'], identity: OwnerIdentity): Promise<JournalPerson> {
  return (await people?.named(identity).catch(() => undefined)) ?? { identity, name: '' };
}

function whereOf(places: ServiceContext['places'], { principal, unit }: Where) {
  const { title, place } = places.of(unit.name);
  return { sid: principal.sid, reader: unit.name, title, ...(place !== '' && { place }) };
}
