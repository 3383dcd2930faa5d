/** Tables that come in pieces, because messages of ordinary clients are small. */

import { randomUUID } from 'node:crypto';
import { BiometricError } from '../../core/biometric-error.ts';

/** Largest table, characters. */
const MOST_CHARACTERS = 64 << 20;
/** Tables that may be on their way at the same time; the oldest makes room. */
const MOST_TABLES = 4;

interface Piecemeal {
  readonly sid: string;
  readonly pieces: string[];
  characters: number;
}

export class ImportPieces {
  readonly #tables = new Map<string, Piecemeal>();

  /** Takes the first piece; returns what the others are given with. */
  begin(piece: string, sid: string): string {
    const id = randomUUID();
    this.#tables.set(id, { sid, pieces: [piece], characters: piece.length });
    const [oldest] = this.#tables.keys();
    if (this.#tables.size > MOST_TABLES && oldest !== undefined) this.#tables.delete(oldest);
    return id;
  }

  /** Takes another piece. Throws E_INVALIDARG for a table that nobody began, or that is too large. */
  add(id: string, piece: string, sid: string): void {
    const table = this.#table(id, sid);
    table.characters += piece.length;
    table.pieces.push(piece);
    if (table.characters <= MOST_CHARACTERS) return;
    this.#tables.delete(id);
    throw new BiometricError(
      'E_INVALIDARG',
      'csv: give at most 64 million characters; import the rest as another table',
    );
  }

  /** The whole table, which is not kept any longer. */
  take(id: string, sid: string): string {
    const { pieces } = this.#table(id, sid);
    this.#tables.delete(id);
    return pieces.join('');
  }

  #table(id: string, sid: string): Piecemeal {
    const table = this.#tables.get(id);
    if (table?.sid === sid) return table;
    throw new BiometricError('E_INVALIDARG', 'id: this import is over; begin it again');
  }
}
