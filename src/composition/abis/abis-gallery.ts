/** References of a registry as records of a database: a GUID for each referenceId, a record for each finger. */

import type { StoredRecord } from '../../adapters/storage-adapter.ts';
import { BiometricError, deserializeError } from '../../core/biometric-error.ts';
import { WINBIO_FINGER_UNSPECIFIED_POS_01 } from '../../core/constants.ts';
import type { DatabaseId, SubFactor } from '../../core/identifiers.ts';
import { guidIdentity, identityKey, type OwnerIdentity } from '../../core/identity.ts';
import { namedGuid } from '../../core/named-guid.ts';
import { S_OK } from '../../core/result-constants.ts';
import { accountFor } from '../../service/access/account-for.ts';
import type { Audit } from '../../service/access/audit.ts';
import type { Service } from '../../service/service.ts';
import type { EngineThreads } from '../threads/engine-threads.ts';
import { AbisRefusal } from './abis-failure.ts';
import type { CbeffFinger } from './cbeff-content.ts';
import { type FingerMatch, fuseFingers, type PersonMatch } from './fuse-fingers.ts';

/** What the gallery is made of. */
export interface AbisGalleryParts {
  readonly service: Pick<Service, 'personGallery'>;
  readonly engineThreads: Pick<EngineThreads, 'readPrints'>;
  readonly audit: Audit;
  readonly databaseId: DatabaseId;
  /** Account that the audit names. */
  readonly sid: string;
}

/** A finger that can be stored and looked for. */
export interface AbisFinger {
  readonly subFactor: SubFactor;
  readonly template: Uint8Array;
}

/** A person that somebody may be. */
export interface AbisMatch extends PersonMatch {
  readonly referenceId: string;
}

const TITLE = 'reference ';
/** Fingers of unknown position that have a sub-factor of their own. WBF: constants 6.1. */
const UNNAMED = 10;

export class AbisGallery {
  readonly #parts: AbisGalleryParts;

  constructor(parts: AbisGalleryParts) {
    this.#parts = parts;
  }

  /** References that are stored. */
  async count(): Promise<number> {
    return await (await this.#people()).count();
  }

  /**
   * Templates of records, one a finger; those that cannot be read are left out while there is another. Throws an
   * {@link AbisRefusal} when there is none, and WINBIO_E_DEVICE_BUSY.
   */
  async read(given: readonly CbeffFinger[], signal: AbortSignal): Promise<readonly AbisFinger[]> {
    if (given.length === 0) throw new AbisRefusal('empty');
    const found = new Map<SubFactor, AbisFinger>();
    let fault: unknown;
    let unnamed = 0;
    for (const { bytes, subFactor } of given) {
      if (signal.aborted) throw new BiometricError('WINBIO_E_CANCELED', 'the service ends');
      let [read] = await this.#templatesOf(bytes, subFactor);
      // The record may know what the document does not.
      if (subFactor === undefined && read !== undefined && 'error' in read && unnamed < UNNAMED) {
        [read] = await this.#templatesOf(bytes, WINBIO_FINGER_UNSPECIFIED_POS_01 + unnamed++);
      }
      if (read === undefined) continue;
      if ('error' in read) fault ??= deserializeError(read.error);
      else if (!found.has(read.subFactor)) found.set(read.subFactor, read);
    }
    if (found.size === 0) throw fault;
    return [...found.values()];
  }

  /** Stores a reference; compares it with nobody. Rejects with WINBIO_E_DUPLICATE_ENROLLMENT for one that is stored. */
  async insert(referenceId: string, fingers: readonly AbisFinger[]): Promise<void> {
    const owner = await this.#ownerOf(referenceId);
    const people = await this.#people();
    const payload = new TextEncoder().encode(TITLE + referenceId);
    const records = fingers.map(({ subFactor, template }) => ({ subFactor, template, payload }));
    await this.#accounted('abis-insert', owner, fingers.length, () => people.add(owner, records));
  }

  /** Deletes a reference. Rejects with WINBIO_E_DATABASE_NO_SUCH_RECORD. */
  async delete(referenceId: string): Promise<void> {
    const owner = await this.#ownerOf(referenceId);
    const people = await this.#people();
    const { length } = await people.recordsOf(owner);
    if (length === 0) throw new BiometricError('WINBIO_E_DATABASE_NO_SUCH_RECORD');
    await this.#accounted('abis-delete', owner, length, async () => {
      if ((await people.delete(owner)) === 0) throw new BiometricError('WINBIO_E_DATABASE_NO_SUCH_RECORD');
    });
  }

  /** Fingers of a reference; none for one that is not stored. */
  async fingersOf(referenceId: string): Promise<readonly AbisFinger[]> {
    return await (await this.#people()).recordsOf(await this.#ownerOf(referenceId));
  }

  /** Whose the fingers may be, best first, but for one reference. Rejects with WHORL_E_OFFLINE, WHORL_E_INCOMPLETE. */
  async search(
    fingers: readonly AbisFinger[],
    {
      except,
      among,
      most,
      signal,
    }: {
      readonly except: string | undefined;
      readonly among: ReadonlySet<string> | undefined;
      readonly most: number;
      readonly signal: AbortSignal;
    },
  ): Promise<readonly AbisMatch[]> {
    const people = await this.#people();
    const self = except === undefined ? undefined : identityKey(await this.#ownerOf(except));
    const allowed = among && (await Promise.all([...among].map((id) => this.#ownerOf(id))));
    const matches: FingerMatch[] = [];
    for (const { subFactor: probe, template } of fingers) {
      const found = allowed ? people.searchAmong(template, allowed, { signal }) : people.search(template, { signal });
      for (const { identity, subFactor, score } of await found) {
        if (identityKey(identity) !== self) matches.push({ probe, identity, subFactor, score });
      }
    }
    const best = fuseFingers(matches).slice(0, most);
    return await Promise.all(
      best.map(async (match) => ({
        ...match,
        referenceId: referenceOf(await people.recordsOf(match.identity), match),
      })),
    );
  }

  async #people() {
    return await this.#parts.service.personGallery(this.#parts.databaseId);
  }

  async #ownerOf(referenceId: string): Promise<OwnerIdentity> {
    return guidIdentity(await namedGuid(this.#parts.databaseId, referenceId));
  }

  async #templatesOf(bytes: Uint8Array, subFactor: SubFactor | undefined) {
    return await this.#parts.engineThreads.readPrints({
      kind: 'read-prints',
      prints: [{ bytes, subFactor, format: undefined }],
      lenient: true,
      resolutionPpi: undefined,
      cancel: new SharedArrayBuffer(4),
    });
  }

  async #accounted(action: string, owner: OwnerIdentity, count: number, change: () => Promise<void>): Promise<void> {
    const { audit, sid, databaseId } = this.#parts;
    await accountFor(audit, { action, sid, hresult: S_OK, owner: identityKey(owner), databaseId, count }, change);
  }
}

/** A record that came another way than by a registry is known by its GUID. */
function referenceOf([record]: readonly StoredRecord[], { identity }: PersonMatch): string {
  const text = new TextDecoder().decode(record?.payload);
  return text.startsWith(TITLE) ? text.slice(TITLE.length) : identityKey(identity);
}
