/** Another system that webhooks are sent to: it checks what it is sent, and answers as a test wants. */

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { webhookHeaders } from '../../src/composition/doors/webhook.ts';

/** What arrived. */
export interface Received {
  readonly id: string;
  readonly body: Record<string, unknown>;
  /** Whether the signature is that of the secret. */
  readonly signed: boolean;
}

export interface HookReceiver extends AsyncDisposable {
  readonly url: string;
  /** Everything that arrived, refused attempts included. */
  readonly received: Received[];
  /** What it answers; 204 at first. */
  status: number;
  /** What signatures are checked with. */
  secret: string;
}

export async function hookReceiver(): Promise<HookReceiver> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      const id = String(request.headers['webhook-id']);
      const at = Number(request.headers['webhook-timestamp']);
      const expected = webhookHeaders(id, at, body, receiver.secret)['webhook-signature'];
      received.push({ id, body: JSON.parse(body), signed: expected === request.headers['webhook-signature'] });
      response.writeHead(receiver.status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const receiver: HookReceiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received,
    status: 204,
    secret: '',
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return receiver;
}
