/** What the journal keeps, and for how long. */

/** Decided by an administrator. */
export interface JournalPolicy {
  /** How long lines are kept, days. */
  readonly days: number;
  /** Whether the lines of a person that is deleted still say whose they are. */
  readonly onDelete: 'forget' | 'keep';
  /** Of which samples a picture is kept with the line. */
  readonly pictures: 'none' | 'refused' | 'all';
  /** How long pictures are kept, days. */
  readonly pictureDays: number;
  /** Whether an answer waits for a journal that cannot be written: it is refused then. */
  readonly required: boolean;
}

export const DEFAULT_JOURNAL_POLICY: JournalPolicy = Object.freeze({
  days: 365,
  onDelete: 'forget',
  pictures: 'none',
  pictureDays: 30,
  required: false,
});
