/** A registry asks over a real NATS server. */

import { describe, expect, test } from 'vitest';
import { PRIVATE_DATABASE_ID } from '../../src/exports/whorl/index.ts';
import { NatsTransport } from '../../src/matching/transport/nats-transport.ts';
import { cbeff, fingersOf, request, serveShares } from '../abis/registry.ts';
import { startHere, temporaryFolder } from '../daemon/start.ts';
import { NO_NATS, PrivateNats } from './private-nats.ts';

const { signal } = new AbortController();

describe.skipIf(NO_NATS !== undefined)(`a registry over NATS${NO_NATS === undefined ? '' : `: ${NO_NATS}`}`, () => {
  test('inserts and identifies in one burst, answered to the asker or on the subject of answers', async () => {
    await using nats = await PrivateNats.start([], []);
    await using shares = await serveShares();
    using folder = temporaryFolder();
    await using _daemon = await startHere(folder.path, {
      abis: {
        database: PRIVATE_DATABASE_ID,
        sources: [shares.url],
        queue: { servers: [nats.url], tls: nats.certificates('abis'), name: 'north' },
      },
    });
    await using registry = await NatsTransport.open({
      servers: [nats.url],
      tls: nats.certificates('registry'),
      name: 'registry',
    });
    await registry.untilConnected({ signal });
    const bytes = (operation: string, fields = {}) => Buffer.from(JSON.stringify(request(operation, fields)));
    const ask = async (operation: string, fields = {}): Promise<unknown> => {
      const delivery = await registry.request('abis.north.requests', bytes(operation, fields), { signal });
      return delivery.kind === 'answer' ? JSON.parse(Buffer.from(delivery.bytes).toString()) : delivery;
    };
    // Until the service listens, the server says that nobody does.
    while (!JSON.stringify(await ask('ping')).includes('"returnValue":"1"'));
    const inserts = [1, 2].map((impression) => {
      const referenceId = `r${impression}`;
      shares.shares.set(referenceId, cbeff(fingersOf(1, [2, 7], impression)));
      return ask('insert', { referenceId, referenceURL: shares.url + referenceId });
    });
    const found = ask('identify', { referenceId: 'r2' });
    expect(await Promise.all(inserts)).toMatchObject([{ returnValue: '1' }, { returnValue: '1' }]);
    expect(await found).toMatchObject({ candidateList: { count: '1', candidates: [{ referenceId: 'r1' }] } });

    const told = Promise.withResolvers<string>();
    using _listening = registry.subscribe('abis.north.responses', (given) =>
      told.resolve(Buffer.from(given).toString()),
    );
    registry.publish('abis.north.requests', bytes('referenceCount'));
    expect(JSON.parse(await told.promise)).toMatchObject({ returnValue: '1', count: '2' });
  });
});
