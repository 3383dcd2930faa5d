/** What a person chooses before an identification or a verification. */

import { type ReadonlySignal, signal } from '@preact/signals';
import type { OwnerIdentity, SubFactor, TemplateOwner } from '../../../src/exports/whorl/client/browser.ts';
import { ownersIn, type PoolChoice } from '../pools/pool-choice.ts';
import type { ConnectedService } from '../service/connected-service.ts';
import { identityText } from '../words/identity-words.ts';
import type { MatchQuestion } from './match-run.ts';

export class MatchForm {
  readonly pool = signal<PoolChoice>('system');
  /** Verifies a claim; identifies otherwise. */
  readonly verifies = signal(false);
  /** Finger of the claim; any of them if undefined. */
  readonly finger = signal<SubFactor | undefined>(undefined);
  /** Asks again after each answer. */
  readonly goesOn = signal(false);
  readonly #owners = signal<readonly TemplateOwner[] | undefined>(undefined);
  readonly #claimed = signal<OwnerIdentity | undefined>(undefined);

  /** Owners of templates in the pool; undefined until they are read. */
  get owners(): ReadonlySignal<readonly TemplateOwner[] | undefined> {
    return this.#owners;
  }

  /** The claimed owner: the chosen one, else the first; undefined when there is none. */
  get claimed(): TemplateOwner | undefined {
    const known = this.#owners.value ?? [];
    const claimed = this.#claimed.value;
    const text = claimed && identityText(claimed);
    return known.find(({ identity }) => identityText(identity) === text) ?? known[0];
  }

  get question(): MatchQuestion {
    const owner = this.verifies.value ? this.claimed : undefined;
    const claim = owner && { identity: owner.identity, finger: this.finger.value };
    return { pool: this.pool.value, claim, goesOn: this.goesOn.value };
  }

  /** False for a verification without an owner to claim. */
  get isComplete(): boolean {
    return !this.verifies.value || this.claimed !== undefined;
  }

  /** Claims the owner with this SID or GUID, with any finger. */
  claim(text: string): void {
    this.#claimed.value = this.#owners.value?.find(({ identity }) => identityText(identity) === text)?.identity;
    this.finger.value = undefined;
  }

  /** Reads the owners in the chosen pool. */
  async readOwners(service: ConnectedService): Promise<void> {
    this.#owners.value = await ownersIn(service, this.pool.value).catch(() => []);
  }
}
