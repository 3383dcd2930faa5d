/** A node with the key that holds nothing, says that it holds everything, and answers what comes to its mind. */

import { matchingSetting, openTransport } from '../../src/composition/matching/matching-setting.ts';
import { RingSeal } from '../../src/composition/matching/ring-seal.ts';
import { KeyStore } from '../../src/composition/state/key-store.ts';
import { SILENT_LOGGER } from '../../src/core/logger.ts';
import type { SearchMessage } from '../../src/matching/messages/match-messages.ts';
import { MatchSubjects } from '../../src/matching/messages/match-subjects.ts';
import { MessageCodec } from '../../src/matching/messages/message-codec.ts';
import type { MatchingMachines } from '../machines/matching-machines.ts';

const INSTANCE = 'liar';

/** Lies until it is disposed of. */
export async function startLiar(machines: MatchingMachines): Promise<AsyncDisposable> {
  await using stack = new AsyncDisposableStack();
  const configuration = machines.configuration('liar');
  const setting = matchingSetting(configuration);
  const keyring = stack.use(await KeyStore.open(configuration.keys!, { keysFolder: '', databasesFolder: '' }));
  const transport = stack.use(await openTransport(setting, { folder: '/', logger: SILENT_LOGGER }));
  const codec = new MessageCodec(new RingSeal(keyring, setting.databaseId), setting.databaseId);
  const subjects = new MatchSubjects(setting.databaseId);
  await transport.untilConnected({ signal: new AbortController().signal });
  let turn = 0;
  const answers: readonly ((request: SearchMessage) => Uint8Array)[] = [
    () => new Uint8Array(),
    () => crypto.getRandomValues(new Uint8Array(300)),
    () => codec.encode({ kind: 'roll' }),
    ({ id }) => codec.encode({ kind: 'answer', id, queue: 0, searched: [], refused: [] }),
    ({ id, parts }) => {
      const refused = parts.map((part) => ({ part, why: 'busy' as const }));
      return codec.encode({ kind: 'answer', id, queue: 0, searched: [], refused });
    },
    ({ id, parts, probes }) => {
      // Nothing at all, of an earlier day.
      const through = { incarnation: 'another', change: 1, token: '' };
      const searched = parts.map((part) => ({ part, through, size: 9, found: probes.map(() => []) }));
      return codec.encode({ kind: 'answer', id, queue: 0, searched, refused: [] });
    },
    ({ id, parts, probes, through }) => {
      // Somebody of another part.
      const searched = parts.map((part) => ({
        part,
        through,
        size: 9,
        found: probes.map(() => [{ recordId: part + 1, score: 99 }]),
      }));
      return codec.encode({ kind: 'answer', id, queue: 0, searched, refused: [] });
    },
  ];
  stack.use(
    transport.subscribe(subjects.node('liar', INSTANCE), (bytes, answer) => {
      const message = codec.decode(bytes);
      if (message.kind === 'search') answer?.(answers[turn++ % answers.length]!(message));
    }),
  );
  const held = Array.from({ length: setting.parts }, (_, part) => ({ part, change: 1, size: 1 }));
  const tell = (state: 'serving' | 'gone'): void => {
    const alive = { node: 'liar', instance: INSTANCE, parts: setting.parts, everyMs: 500, incarnation: '', change: 1 };
    // Draining nodes are asked too; this one does not change what others hold.
    const said = state === 'gone' ? state : 'draining';
    transport.publish(subjects.alive, codec.encode({ kind: 'alive', ...alive, queue: 0, looks: 1, state: said, held }));
  };
  tell('serving');
  const timer = setInterval(() => tell('serving'), 500);
  stack.defer(() => {
    clearInterval(timer);
    tell('gone');
  });
  return stack.move();
}
