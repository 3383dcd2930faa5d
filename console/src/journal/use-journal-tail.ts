/** The latest lines of the journal, followed as they come; drawn at most once a frame. */

import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { JournalLine, JournalQuery } from '../../../src/exports/whorl/client/browser.ts';
import type { ConnectedService } from '../service/connected-service.ts';
import { type FaultWords, faultWords } from '../words/fault-words.ts';

export interface JournalTail {
  /** Newest first; undefined until they are read. */
  readonly lines: readonly JournalLine[] | undefined;
  /** Number of the newest line when the page was opened: later ones are new. */
  readonly before: number;
  readonly fault: FaultWords | undefined;
}

export function useJournalTail(service: ConnectedService, query: JournalQuery, count: number): JournalTail {
  const lines = useSignal<readonly JournalLine[] | undefined>(undefined);
  const before = useSignal(0);
  const fault = useSignal<FaultWords | undefined>(undefined);
  useEffect(() => {
    if (!service.isOperator) return;
    const stop = new AbortController();
    void follow(stop.signal).catch((thrown) => {
      if (!stop.signal.aborted && !service.lost.aborted) fault.value = faultWords(thrown);
    });
    return () => stop.abort();
  }, [service, JSON.stringify(query), count]);

  const follow = async (signal: AbortSignal) => {
    const { items } = await service.client.journal.list({ ...query, limit: count });
    if (signal.aborted) return;
    lines.value = items;
    before.value = items[0]?.number ?? 0;
    let waiting: JournalLine[] = [];
    const after = items[0]?.number;
    for await (const line of service.client.journal.follow({ query, signal, ...(after !== undefined && { after }) })) {
      waiting.push(line);
      if (waiting.length > 1) continue;
      nextFrame(() => {
        if (signal.aborted) return;
        const fresh = waiting.reverse().filter(({ number }) => number > (lines.value?.[0]?.number ?? 0));
        waiting = [];
        lines.value = [...fresh, ...(lines.value ?? [])].slice(0, count);
      });
    }
  };
  return { lines: lines.value, before: before.value, fault: fault.value };
}

/** A page in the background has no frames; it is drawn when it is seen again, with what came meanwhile. */
function nextFrame(draw: () => void): void {
  if (document.hidden) setTimeout(draw, 500);
  else requestAnimationFrame(draw);
}
