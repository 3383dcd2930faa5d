/** Deletes people after a moment in which it can be undone. */

import { signal } from '@preact/signals';
import type { Person } from '../../../src/exports/whorl/client/browser.ts';
import { toast } from '../parts/toasts.tsx';
import type { ConnectedService } from '../service/connected-service.ts';
import { t } from '../words/catalogue.ts';
import { faultWords } from '../words/fault-words.ts';
import { identityKey } from './identity-key.ts';

/** How long it can be undone. */
export const UNDO_MS = 10_000;

/** People who are about to be deleted; lists leave them out. */
const leaving = signal<ReadonlySet<string>>(new Set());

export function isLeaving(person: Person): boolean {
  return leaving.value.has(identityKey(person.identity));
}

/** Deletes them when the time to undo is over, or when the page is closed before that. */
export function deletePeople(service: ConnectedService, people: readonly Person[], onDone: () => void): void {
  const keys = people.map(({ identity }) => identityKey(identity));
  leaving.value = new Set([...leaving.value, ...keys]);
  const settle = () => {
    clearTimeout(timer);
    removeEventListener('pagehide', run);
    leaving.value = new Set([...leaving.value].filter((each) => !keys.includes(each)));
  };
  const run = () => {
    void Promise.all(people.map(({ identity }) => service.client.people.delete(identity)))
      .catch((thrown) => toast({ mood: 'bad', text: faultWords(thrown).title }))
      .finally(() => {
        settle();
        onDone();
      });
    clearTimeout(timer);
    removeEventListener('pagehide', run);
  };
  const timer = setTimeout(run, UNDO_MS);
  addEventListener('pagehide', run);
  toast({
    text:
      people.length === 1
        ? t('delete.toast', { name: people[0]?.name ?? '' })
        : t('delete.toastMany', { count: people.length }),
    undo: {
      forMs: UNDO_MS,
      run: async () => {
        settle();
        onDone();
      },
    },
  });
}
