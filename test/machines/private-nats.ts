/** A NATS server of a test's own: on a port of its own, with certificates of its own and rights by role; gone with the test. */

import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const PROGRAM = '/usr/sbin/nats-server';

/** Why there is no server on this machine; undefined where there is one. */
export const NO_NATS: string | undefined = existsSync(PROGRAM)
  ? undefined
  : `there is no ${PROGRAM}: apt-get install nats-server`;

/** Paths of the certificates of one participant. */
export interface Certificates {
  readonly ca: string;
  readonly certificate: string;
  readonly key: string;
}

/** The server. It stops, and its folder goes, when it is disposed of. */
export class PrivateNats implements AsyncDisposable {
  readonly folder = mkdtempSync(join(tmpdir(), 'whorl-nats-'));
  readonly port: number;
  #server: ChildProcess | undefined;

  private constructor(port: number) {
    this.port = port;
  }

  /** A running server that knows these nodes and services by their certificates. */
  static async start(nodes: readonly string[], services: readonly string[]): Promise<PrivateNats> {
    const made = new PrivateNats(await freePort());
    try {
      made.#makeCertificates(nodes, services);
      writeFileSync(join(made.folder, 'nats.conf'), made.#configuration(nodes, services));
      await made.begin();
      return made;
    } catch (thrown) {
      await made[Symbol.asyncDispose]();
      throw thrown;
    }
  }

  get url(): string {
    return `tls://127.0.0.1:${this.port}`;
  }

  /** The certificates of a node or service. */
  certificates(name: string): Certificates {
    return { ca: this.#path('ca.crt'), certificate: this.#path(`${name}.crt`), key: this.#path(`${name}.key`) };
  }

  /** Starts it, and waits until it takes connections. */
  async begin(): Promise<void> {
    const server = spawn(PROGRAM, ['-c', this.#path('nats.conf')], { stdio: ['ignore', 'ignore', 'pipe'] });
    this.#server = server;
    const lines: string[] = [];
    const ready = Promise.withResolvers<void>();
    createInterface({ input: server.stderr }).on('line', (line) => {
      lines.push(line);
      if (line.includes('Server is ready')) ready.resolve();
    });
    server.once('exit', () => ready.reject(new TypeError(`nats-server did not start:\n${lines.join('\n')}`)));
    await ready.promise;
  }

  /** Ends it at once, as a power cut does. */
  async kill(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server === undefined || server.exitCode !== null) return;
    server.kill('SIGKILL');
    await once(server, 'exit');
  }

  /** It stands still with its connections open, or goes on. */
  signal(what: 'SIGSTOP' | 'SIGCONT'): void {
    this.#server?.kill(what);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }

  #path(file: string): string {
    return join(this.folder, file);
  }

  /** Rights by role, as docs/matching.md has them. */
  #configuration(nodes: readonly string[], services: readonly string[]): string {
    const node = (name: string): string => `{
      user: "CN=${name}"
      permissions: {
        publish: ["whorl.*.alive", "whorl.*.roll"]
        subscribe: ["whorl.*.alive", "whorl.*.roll", "whorl.*.match.${name}.*", "_INBOX.${name}.>"]
        allow_responses: { max: 1, expires: "10m" }
      }
    }`;
    const service = (name: string): string => `{
      user: "CN=${name}"
      permissions: {
        publish: ["whorl.*.roll", "whorl.*.match.>"]
        subscribe: ["whorl.*.alive", "_INBOX.${name}.>"]
      }
    }`;
    // A service that a registry asks, and the registry.
    const abis = `{
      user: "CN=abis"
      permissions: { publish: ["abis.*.responses"], subscribe: ["abis.*.requests", "_INBOX.>"], allow_responses: { max: 1, expires: "10m" } }
    }`;
    const registry = `{
      user: "CN=registry"
      permissions: { publish: ["abis.*.requests"], subscribe: ["abis.*.responses", "_INBOX.registry.>"] }
    }`;
    return `
listen: "127.0.0.1:${this.port}"
ping_interval: "5s"
ping_max: 2
tls: {
  cert_file: "${this.#path('server.crt')}"
  key_file: "${this.#path('server.key')}"
  ca_file: "${this.#path('ca.crt')}"
  verify_and_map: true
}
authorization: { users: [${[...nodes.map(node), ...services.map(service), abis, registry].join('\n')}] }
`;
  }

  #makeCertificates(nodes: readonly string[], services: readonly string[]): void {
    const openssl = (...words: string[]): void => {
      execFileSync('openssl', words, { cwd: this.folder, stdio: ['ignore', 'ignore', 'pipe'] });
    };
    const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
    openssl('req', '-x509', ...curve, '-keyout', 'ca.key', '-out', 'ca.crt', '-days', '2', '-subj', '/CN=authority');
    openssl('req', '-x509', ...curve, '-keyout', 'other.key', '-out', 'other.crt', '-days', '2', '-subj', '/CN=n1');
    writeFileSync(this.#path('san'), 'subjectAltName=IP:127.0.0.1,DNS:localhost\n');
    for (const name of ['server', 'stranger', 'abis', 'registry', ...nodes, ...services]) {
      openssl('req', '-new', ...curve, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=${name}`);
      const sign = ['-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '2', '-extfile', 'san'];
      openssl('x509', '-req', '-in', `${name}.csr`, ...sign, '-out', `${name}.crt`);
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}
