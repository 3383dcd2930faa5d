/** The enrollments that a service keeps, by token; each ends when nobody has asked about it for long enough. */

import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { BiometricError } from '../../core/biometric-error.ts';
import type { DatabaseId } from '../../core/identifiers.ts';
import type { OwnerIdentity } from '../../core/identity.ts';
import type { KeptEnrollment, NewEnrollment } from '../../core/kept-enrollment.ts';
import { requireReaders } from '../../core/named-readers.ts';
import type { ReaderPlace } from '../../core/place.ts';
import { isEnrollableSubFactor } from '../../core/sub-factor.ts';
import { requireRight } from '../../service/access/access.ts';
import type { Principal } from '../../service/access/principal.ts';
import type { Service } from '../../service/service.ts';
import type { Extension } from '../connection/extensions.ts';
import { readQuestion } from '../connection/read-question.ts';
import { OWNER_SCHEMA } from '../people/identity-schema.ts';
import type { Residents } from '../residents/residents.ts';
import { KeptEnrollmentRun } from './kept-enrollment-run.ts';

/** How long one is kept after it was last asked about, milliseconds. */
const KEPT_MS = 10 * 60 * 1000;
/** Enrollments at once; more are refused. */
const MOST = 100;

/** What they need. */
export interface KeptEnrollmentsParts {
  readonly service: Service;
  readonly residents: Residents;
  /** Databases of the system pool and of private pools. */
  readonly systemDatabaseId: DatabaseId | undefined;
  readonly privateDatabaseIds: readonly DatabaseId[];
  /** Name of a person of the directory; undefined for nobody. */
  readonly nameOf: (identity: OwnerIdentity) => Promise<string | undefined>;
  /** Readers, as people know them. */
  readonly places: () => Promise<readonly ReaderPlace[]>;
}

interface Held {
  readonly run: KeptEnrollmentRun;
  timer: NodeJS.Timeout;
}

const text = z.string().max(256);
const token = { token: text };
const QUESTION = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('begin'),
    enrollment: z.strictObject({
      identity: OWNER_SCHEMA,
      subFactor: z.int().refine(isEnrollableSubFactor, 'give a finger, 1 to 10'),
      reader: text.optional(),
      databaseId: text.optional(),
    }),
  }),
  z.strictObject({ kind: z.literal('list') }),
  z.strictObject({ kind: z.literal('follow'), ...token, number: z.int().min(0) }),
  z.strictObject({ kind: z.literal('save'), ...token }),
  z.strictObject({ kind: z.literal('discard'), ...token }),
  z.strictObject({ kind: z.literal('restart'), ...token, reader: text }),
]);

export class KeptEnrollments implements AsyncDisposable {
  readonly #parts: KeptEnrollmentsParts;
  readonly #held = new Map<string, Held>();
  #open = true;

  constructor(parts: KeptEnrollmentsParts) {
    this.#parts = parts;
  }

  /** Answers the client that holds them. */
  readonly extension: Extension = async (body, principal) => {
    const question = readQuestion('enrollments', QUESTION, body);
    requireRight('enroll-others', principal);
    switch (question.kind) {
      case 'begin':
        return await this.#begin(question.enrollment as NewEnrollment, principal);
      case 'list':
        return this.#list(principal);
      case 'follow': {
        const { run } = this.#of(question.token, principal);
        await run.changes.after(question.number);
        return run.state;
      }
      case 'save': {
        const { run } = this.#of(question.token, principal);
        await run.save();
        if (run.over) this.#forgetSoon(question.token);
        return run.state;
      }
      case 'discard':
        this.#of(question.token, principal);
        return await this.#end(question.token);
      case 'restart': {
        const { run } = this.#of(question.token, principal);
        this.#requireReader(question.reader);
        await run.moveTo(question.reader);
        return run.state;
      }
      default:
        return question satisfies never;
    }
  };

  async [Symbol.asyncDispose](): Promise<void> {
    this.#open = false;
    await Promise.all([...this.#held.keys()].map((each) => this.#end(each)));
  }

  async #begin(wanted: NewEnrollment, principal: Principal): Promise<KeptEnrollment> {
    const { service, residents, systemDatabaseId, privateDatabaseIds, nameOf } = this.#parts;
    const { identity: owner, subFactor, databaseId = systemDatabaseId } = wanted;
    const isPrivate = databaseId !== systemDatabaseId;
    if (databaseId === undefined || (isPrivate && !privateDatabaseIds.includes(databaseId))) {
      throw new BiometricError('WINBIO_E_DATABASE_CANT_FIND');
    }
    if (owner.type === 'sid' && owner.sid !== principal.sid) requireRight('change-accounts', principal);
    const name = await nameOf(owner);
    if (name === undefined) throw new BiometricError('WHORL_E_NO_SUCH_PERSON');
    if ((await service.templates(databaseId, owner, subFactor)).length > 0) {
      throw new BiometricError('WINBIO_E_DUPLICATE_ENROLLMENT', 'the person has this finger already: delete it first');
    }
    if (wanted.reader !== undefined) this.#requireReader(wanted.reader);
    const reader = wanted.reader ?? (await this.#usualReader());
    if (!this.#open || this.#held.size >= MOST) {
      throw new BiometricError('E_OUTOFMEMORY', `${MOST} enrollments are open: save or discard some`);
    }
    const newToken = randomBytes(18).toString('base64url');
    const run = new KeptEnrollmentRun({
      service,
      residents,
      principal,
      token: newToken,
      enrollment: { identity: owner, subFactor, reader, databaseId },
      isPrivate,
      name,
      nameOf: async (each) => (await nameOf(each)) ?? '',
    });
    this.#held.set(newToken, { run, timer: this.#timer(newToken) });
    return run.state;
  }

  /** The first that is plugged in, those at desks before others. */
  async #usualReader(): Promise<string> {
    const attached = (await this.#parts.places()).filter((place) => place.attached);
    const reader = attached.find(({ use }) => use === 'desk') ?? attached[0];
    if (reader === undefined) throw new BiometricError('WINBIO_E_SENSOR_UNAVAILABLE', 'no reader is plugged in');
    return reader.reader;
  }

  #requireReader(reader: string): void {
    const { service } = this.#parts;
    requireReaders([reader], service.activity, service.readerNames);
  }

  #list(principal: Principal): readonly KeptEnrollment[] {
    const own = [...this.#held.values()].filter(({ run }) => run.sid === principal.sid && !run.over);
    return own.map(({ run }) => run.state).reverse();
  }

  /** The one with this token, which is kept for longer now. */
  #of(wanted: string, principal: Principal): Held {
    const held = this.#held.get(wanted);
    if (held === undefined || held.run.sid !== principal.sid) throw new BiometricError('WHORL_E_NO_SUCH_ENROLLMENT');
    this.#forgetSoon(wanted);
    return held;
  }

  #forgetSoon(wanted: string): void {
    const held = this.#held.get(wanted);
    if (held === undefined) return;
    clearTimeout(held.timer);
    held.timer = this.#timer(wanted);
  }

  #timer(wanted: string): NodeJS.Timeout {
    return setTimeout(() => void this.#end(wanted), KEPT_MS).unref();
  }

  async #end(wanted: string): Promise<void> {
    const held = this.#held.get(wanted);
    if (held === undefined) return;
    clearTimeout(held.timer);
    this.#held.delete(wanted);
    await held.run[Symbol.asyncDispose]();
  }
}
