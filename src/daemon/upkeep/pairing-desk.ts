/** Pairings, as those who run the service see and change them. */

import { BiometricError } from '../../core/biometric-error.ts';
import type { NewPairingLink, PairingReport } from '../../core/pairing-report.ts';
import type { Principal } from '../../service/access/principal.ts';
import type { ConsoleLinks } from '../clients/console-links.ts';
import type { PairedClients } from '../clients/paired-clients.ts';
import { expiryOf, type Pairings, roleOf } from '../clients/pairings.ts';

/** What it needs. */
export interface PairingDeskParts {
  readonly pairings: Pairings;
  readonly paired: PairedClients;
  readonly links: ConsoleLinks;
}

export class PairingDesk {
  readonly #parts: PairingDeskParts;

  constructor(parts: PairingDeskParts) {
    this.#parts = parts;
  }

  /** All of them, the latest use first. */
  list(own: string | undefined): readonly PairingReport[] {
    const { pairings, paired } = this.#parts;
    const reports = pairings.list().map((pairing): PairingReport => {
      const { id, name = '', origin, sid, door, createdAt } = pairing;
      return {
        id,
        name,
        origin,
        sid,
        role: roleOf(pairing),
        ...(door !== undefined && { door }),
        createdAtMs: Date.parse(createdAt),
        expiresAtMs: expiryOf(pairing),
        ...paired.useOf(id),
        own: id === own,
      };
    });
    return reports.sort((a, b) => (b.usedAtMs ?? b.createdAtMs) - (a.usedAtMs ?? a.createdAtMs));
  }

  /** An address that pairs a browser for the account of the caller. */
  link({ name, role, door, days }: NewPairingLink, { sid }: Principal): string {
    if (role === 'screen' && door === undefined) {
      throw new BiometricError('E_INVALIDARG', 'upkeep: link.door: name the door that the screen shows');
    }
    return this.#parts.links.offer({
      sid,
      name,
      administrator: role === 'administrator',
      mayEnroll: role !== 'screen',
      ...((role === 'operator' || role === 'screen') && { role }),
      ...(role === 'screen' && door !== undefined && { door }),
      ...(days !== undefined && { days }),
    });
  }

  /** Names one. */
  rename(id: string, name: string): boolean {
    return this.#parts.pairings.rename(id, name);
  }

  /** Ends one, and its connections. */
  revoke(id: string): boolean {
    const { pairings, paired } = this.#parts;
    const removed = pairings.remove(id);
    // After the answer has left: it may be the pairing of the caller.
    if (removed) setImmediate(() => void paired.look());
    return removed;
  }
}
