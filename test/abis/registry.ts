/** A registry as the service sees it: shares of biometrics over HTTP, and requests. */

import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fingerName } from '../../src/core/sub-factor.ts';
import { foreignRecord } from '../import/foreign-rows.ts';

/** A record of a document. */
export interface SharedRecord {
  readonly type: string;
  readonly subtype?: string;
  readonly bytes: Uint8Array;
}

/** Shares that are fetched, until it is disposed of. */
export interface ShareServer extends AsyncDisposable {
  /** Ends with `/`. */
  readonly url: string;
  /** What is answered for a path; a number is a status without a body, a text that begins with `http` another address. */
  readonly shares: Map<string, string | number>;
  /** Paths that were asked for. */
  readonly asked: string[];
}

/** Starts it on a port of its own. */
export async function serveShares(): Promise<ShareServer> {
  const shares = new Map<string, string | number>();
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const path = (request.url ?? '').slice('/share/'.length);
    asked.push(path);
    const share = shares.get(path) ?? 404;
    if (typeof share === 'number') response.writeHead(share).end();
    else if (share.startsWith('http')) response.writeHead(302, { location: share }).end();
    else response.end(share);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/share/`,
    shares,
    asked,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** `Right IndexFinger`, as MOSIP names fingers. */
export function subtypeOf(subFactor: number): string {
  const [side = '', finger = ''] = fingerName(subFactor).split('-');
  const capital = (word: string) => word.slice(0, 1).toUpperCase() + word.slice(1);
  return `${capital(side)} ${capital(finger)}${finger === 'thumb' ? '' : 'Finger'}`;
}

/** Fingers of a synthetic person in these positions, another impression of them each time. */
export function fingersOf(person: number, positions: readonly number[], impression = 1): SharedRecord[] {
  return positions.map((position) => ({
    type: 'Finger',
    subtype: subtypeOf(position),
    bytes: foreignRecord(10 * person + position, position, impression),
  }));
}

/** A document of records. */
export function cbeff(records: readonly SharedRecord[]): string {
  const birs = records.map(
    ({ type, subtype = '', bytes }) =>
      `<BIR><BIRInfo><Integrity>false</Integrity></BIRInfo><BDBInfo><Format><Organization>Mosip</Organization><Type>7</Type>` +
      `</Format><Type>${type}</Type><Subtype>${subtype}</Subtype></BDBInfo><BDB>${Buffer.from(bytes).toString('base64')}</BDB></BIR>`,
  );
  return (
    `<?xml version="1.0" encoding="UTF-8"?>\n<BIR xmlns="http://standards.iso.org/iso-iec/19785/-3/ed-2/">` +
    `<BIRInfo><Integrity>false</Integrity></BIRInfo>${birs.join('')}</BIR>`
  );
}

/** A request with all that it needs. */
export function request(operation: string, fields: Readonly<Record<string, unknown>> = {}) {
  return {
    id: `mosip.abis.${operation}`,
    version: '1.1',
    requestId: '01234567-89ab-cdef-0123-456789abcdef',
    requesttime: '2024-02-14T12:40:59.768Z',
    ...fields,
  };
}
