/** Which slots a search may look at: those that were asked for, and no other that is in use. */

/** Slots from `first` on. */
export interface SlotRange {
  /** First slot. */
  readonly first: number;
  /** Number of slots. */
  readonly count: number;
}

/** The fewest ranges that hold every slot that is asked for and in use, and none in use that is not asked for. */
export function slotRanges(used: readonly number[], asked: ReadonlySet<number>): readonly SlotRange[] {
  const ranges: { first: number; count: number }[] = [];
  let open: { first: number; count: number } | undefined;
  for (const slot of [...used].sort((a, b) => a - b)) {
    if (!asked.has(slot)) open = undefined;
    else if (open === undefined) {
      open = { first: slot, count: 1 };
      ranges.push(open);
    } else open.count = slot - open.first + 1;
  }
  return ranges;
}
