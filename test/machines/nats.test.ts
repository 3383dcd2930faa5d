/** Matching nodes over a real NATS server, with certificates and rights by role. */

import { describe, expect, test } from 'vitest';
import { MatchSubjects } from '../../src/matching/messages/match-subjects.ts';
import { NatsTransport, type NatsTransportOptions } from '../../src/matching/transport/nats-transport.ts';
import { Cluster, DATABASE_ID, until, untilHeld } from '../matching/cluster.ts';
import { PlainEngine, plainTemplate } from '../matching/plain-engine.ts';
import { NO_NATS, PrivateNats } from './private-nats.ts';

const signal = new AbortController().signal;

describe.skipIf(NO_NATS !== undefined)(`over NATS${NO_NATS === undefined ? '' : `: ${NO_NATS}`}`, () => {
  const open = async (nats: PrivateNats, name: string, options: Partial<NatsTransportOptions> = {}) =>
    await NatsTransport.open({ servers: [nats.url], tls: nats.certificates(name), name, ...options });

  test('nodes hold the parts, a service searches them, and a kill of the server is survived', async () => {
    await using nats = await PrivateNats.start(['n1', 'n2', 'n3'], ['door']);
    await using cluster = await Cluster.open(16);
    const records = await cluster.enrollFingers(100);
    for (const name of ['n1', 'n2', 'n3']) {
      await cluster.node(name, new PlainEngine(), { transport: await open(nats, name), aliveMs: 200 });
    }
    const coordinator = cluster.coordinator({ transport: await open(nats, 'door') });
    await untilHeld(coordinator, 2);
    const find = async (finger: number): Promise<void> => {
      const answer = await cluster.search(coordinator, plainTemplate(finger));
      expect(answer).toMatchObject({ candidates: [{ recordId: records[finger] }], missing: [], searched: 100 });
    };
    for (let finger = 0; finger < 20; finger++) await find(finger);
    const during = [];
    await nats.kill();
    for (let finger = 20; finger < 24; finger++) during.push(find(finger));
    await nats.begin();
    await Promise.all(during);
    for (let finger = 24; finger < 30; finger++) await find(finger);
  });

  test('a node that hears of no connection any more is gone at once', async () => {
    await using nats = await PrivateNats.start(['n1', 'n2'], ['door']);
    await using cluster = await Cluster.open(4);
    const records = await cluster.enrollFingers(10);
    const transports = [await open(nats, 'n1'), await open(nats, 'n2')];
    for (const [i, transport] of transports.entries()) {
      await cluster.node(`n${i + 1}`, new PlainEngine(), { transport, aliveMs: 60_000 });
    }
    const coordinator = cluster.coordinator({ transport: await open(nats, 'door') });
    await untilHeld(coordinator, 2);
    await transports[0]![Symbol.asyncDispose]();
    for (let finger = 0; finger < 8; finger++) {
      const answer = await cluster.search(coordinator, plainTemplate(finger));
      expect(answer).toMatchObject({ candidates: [{ recordId: records[finger] }], missing: [] });
    }
    expect(coordinator.members.map(({ node }) => node)).toEqual(['n2']);
  });

  test('a node may neither listen to the answers of others nor ask them', async () => {
    await using nats = await PrivateNats.start(['n1', 'n2'], ['door']);
    const warnings: string[] = [];
    const logger = {
      debug() {},
      info() {},
      warn: (message: string, fields?: object) => void warnings.push(`${message} ${JSON.stringify(fields)}`),
      error() {},
    };
    await using spy = await open(nats, 'n1', { logger });
    await using victim = await open(nats, 'n2');
    await spy.untilConnected({ signal });
    await victim.untilConnected({ signal });
    const subjects = new MatchSubjects(DATABASE_ID);
    const heard: string[] = [];
    for (const subject of ['_INBOX.door.>', '>', subjects.node('n2', '*')]) {
      spy.subscribe(subject, () => heard.push(subject));
    }
    victim.subscribe(subjects.node('n2', 'x'), () => heard.push('asked'));
    const asking = new AbortController();
    const asked = spy.request(subjects.node('n2', 'x'), Uint8Array.of(1), asking);
    await until({ watch: (onChange) => everyNow(onChange) }, () => warnings.length >= 4);
    asking.abort();
    await expect(asked).rejects.toMatchObject({ code: 'WINBIO_E_CANCELED' });
    expect(warnings.join()).toMatch(/Permissions Violation/i);
    expect(heard).toEqual([]);
  });

  test.each<[string, (nats: PrivateNats) => Partial<NatsTransportOptions>, RegExp]>([
    ['without a certificate', ({ certificates, ...nats }) => ({ tls: { ca: `${nats.folder}/ca.crt` } }), /certificate/],
    [
      'with one of another authority',
      (nats) => ({ tls: { ...nats.certificates('other'), ca: nats.certificates('n1').ca } }),
      /certificate/,
    ],
    [
      'with one that the server does not know',
      (nats) => ({ tls: nats.certificates('stranger') }),
      /does not know this certificate/,
    ],
    [
      'to a server of another authority',
      (nats) => ({ tls: { ...nats.certificates('n1'), ca: nats.certificates('other').certificate } }),
      /not signed by `tls.ca`/,
    ],
    ['to where nothing listens', () => ({ servers: ['tls://127.0.0.1:1'] }), /nothing listens there/],
  ])('a connection %s says why it is refused', async (_, options, reason) => {
    await using nats = await PrivateNats.start(['n1'], []);
    await using transport = await open(nats, 'n1', options(nats));
    await until({ watch: everyNow }, () => transport.fault !== undefined);
    expect(transport.fault).toMatch(reason);
    expect(transport.connected).toBe(false);
  });
});

/** Calls again and again. */
function everyNow(onChange: () => void): Disposable {
  const timer = setInterval(onChange, 20);
  return { [Symbol.dispose]: () => clearInterval(timer) };
}
