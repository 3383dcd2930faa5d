/** `whorl replay`: plays prints through a session; enrolls the first of each finger, identifies the others. */

import { readdir } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import { BiometricError, isBiometricError } from '../../core/biometric-error.ts';
import { connect, type OwnerIdentity, PRIVATE_DATABASE_ID, type Session } from '../../exports/whorl/index.ts';
import { progressBar } from '../progress-bar.ts';

/** Impressions of each finger that are enrolled. */
const ENROLLED_IMPRESSIONS = 4;
const NAME = /^(.+)_(\d+)\.png$/i;

/** Counts of a replay. */
export interface ReplayReport {
  readonly folder: string;
  readonly fingers: number;
  /** Fingers whose template was stored. */
  readonly enrolled: number;
  /** Fingers whose impressions did not complete a template. */
  readonly notEnrolled: number;
  /** Fingers taken for one that was enrolled before. */
  readonly duplicates: number;
  /** Impressions to identify. */
  readonly probes: number;
  readonly right: number;
  readonly wrong: number;
  readonly notFound: number;
  readonly rejected: number;
  /** Failed captures, of unreadable files for instance. */
  readonly failed: number;
  readonly seconds: number;
}

interface Impression {
  readonly finger: string;
  readonly number: number;
  readonly file: string;
}

/** Runs a replay and prints its table, or its counts as JSON. */
export async function replay(
  folder: string,
  options: { readonly json?: boolean; readonly output?: Writable } = {},
): Promise<ReplayReport> {
  const { json = false, output = process.stdout } = options;
  const report = await measure(folder, await impressionsOf(folder));
  output.write(json ? `${JSON.stringify(report)}\n` : table(report));
  return report;
}

async function impressionsOf(folder: string): Promise<Impression[]> {
  const names = await readdir(folder).catch((cause: NodeJS.ErrnoException) => {
    throw new BiometricError('E_INVALIDARG', `cannot read folder ${folder} (${cause.code})`, { cause });
  });
  const impressions = names.flatMap((file) => {
    const [, finger, number] = NAME.exec(file) ?? [];
    return finger === undefined ? [] : [{ finger, number: Number(number), file }];
  });
  if (impressions.length > 0) return impressions.sort((a, b) => order(a, b));
  throw new BiometricError('E_INVALIDARG', `folder ${folder} has no {finger}_{impression}.png`);
}

function order(a: Impression, b: Impression): number {
  return a.finger.localeCompare(b.finger, 'en', { numeric: true }) || a.number - b.number;
}

async function measure(folder: string, impressions: readonly Impression[]): Promise<ReplayReport> {
  const began = performance.now();
  const fingers = Map.groupBy(impressions, ({ finger }) => finger);
  const references = [...fingers.values()].map((all) => all.slice(0, ENROLLED_IMPRESSIONS));
  const probes = [...fingers.values()].flatMap((all) => all.slice(ENROLLED_IMPRESSIONS));
  const files = [...references.flat(), ...probes].map(({ file }) => file);
  await using service = await connect({
    embedded: { state: 'memory', readers: [{ kind: 'replay', folder, files }] },
  });
  await using session = await service.openSession({ pool: 'private', databaseId: PRIVATE_DATABASE_ID });
  using bar = progressBar('impressions');
  let played = 0;
  const advance = () => bar.update(++played, files.length);
  const counts = {
    enrolled: 0,
    notEnrolled: 0,
    duplicates: 0,
    right: 0,
    wrong: 0,
    notFound: 0,
    rejected: 0,
    failed: 0,
  };
  const owners = new Map<string, string>();
  for (const group of references) {
    const { identity, outcome, failed } = await enroll(session, group.length, advance);
    counts[outcome] += 1;
    counts.failed += failed;
    if (identity !== undefined && group[0] !== undefined) owners.set(keyOf(identity), group[0].finger);
  }
  for (const { finger } of probes) {
    counts[await identify(session, finger, owners)] += 1;
    advance();
  }
  const seconds = Math.round(performance.now() - began) / 1000;
  return { folder, fingers: fingers.size, probes: probes.length, ...counts, seconds };
}

async function enroll(session: Session, captures: number, captured: () => void) {
  await using enrollment = await session.beginEnrollment({ finger: 'right-index' });
  let sufficient = false;
  let failed = 0;
  for (let capture = 0; capture < captures; capture++) {
    try {
      // An unreadable file ends the enrollment; the other files of the finger are skipped.
      if (failed > 0) await session.locate();
      else sufficient = (await enrollment.capture()).kind === 'sufficient' || sufficient;
    } catch (thrown) {
      failed += 1;
      if (!isBiometricError(thrown)) throw thrown;
    }
    captured();
  }
  if (!sufficient || failed > 0) return { identity: undefined, outcome: 'notEnrolled', failed } as const;
  const committed = await enrollment.commit();
  if (committed.kind !== 'stored') return { identity: undefined, outcome: 'duplicates', failed } as const;
  return { identity: committed.identity, outcome: 'enrolled', failed } as const;
}

async function identify(session: Session, finger: string, owners: ReadonlyMap<string, string>) {
  try {
    const outcome = await session.identify();
    if (outcome.kind === 'rejected') return 'rejected';
    if (outcome.kind === 'unknown-identity') return 'notFound';
    return owners.get(keyOf(outcome.identity)) === finger ? 'right' : 'wrong';
  } catch (thrown) {
    if (!isBiometricError(thrown)) throw thrown;
    return 'failed';
  }
}

function keyOf(identity: OwnerIdentity): string {
  return identity.type === 'guid' ? identity.guid : identity.sid;
}

function table(report: ReplayReport): string {
  const rows: [string, number | string][] = [
    ['fingers', report.fingers],
    ['enrolled', report.enrolled],
    ['not enrolled', report.notEnrolled],
    ['taken for another', report.duplicates],
    ['probes', report.probes],
    ['right', report.right],
    ['wrong', report.wrong],
    ['not found', report.notFound],
    ['rejected', report.rejected],
    ['failed', report.failed],
    ['seconds', report.seconds],
  ];
  return `${report.folder}\n${rows.map(([name, value]) => `  ${name.padEnd(18)} ${String(value).padStart(8)}`).join('\n')}\n`;
}
