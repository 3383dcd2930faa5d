/** Runs what a door does when it opens. */

import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { DoorAction } from '../../core/door.ts';
import { workerEntry, workerOptions } from '../../core/worker-entry.ts';
import { DOOR_MESSAGE_MS, type DoorMessage } from './door-message.ts';
import { sendWebhook } from './webhook.ts';

/** What actions need. */
export interface ActionParts {
  /** Folder of the configuration. */
  readonly folder: string;
  /** Signs webhooks. */
  readonly secretOf: () => string;
  readonly signal: AbortSignal;
  /** Told of each attempt that failed, in words. */
  readonly onFailure: (reason: string) => void;
}

/** Runs one; false when it did not work in time. Never rejects. */
export async function runDoorAction(action: DoorAction, message: DoorMessage, parts: ActionParts): Promise<boolean> {
  switch (action.kind) {
    case 'webhook': {
      const { secretOf, signal, onFailure } = parts;
      const body = JSON.stringify(message);
      const untilMs = Date.parse(message.at) + DOOR_MESSAGE_MS;
      return await sendWebhook(
        { id: message.id, url: action.url, body },
        { secret: secretOf(), signal, untilMs, onFailure },
      );
    }
    case 'command':
      return await runCommand(action.command, message, parts);
    case 'module':
      return await runModule(action.module, message, parts);
    default:
      return action satisfies never;
  }
}

/** The message is its standard input, its name and that of the person also in the environment. */
async function runCommand(
  [program = '', ...given]: readonly string[],
  message: DoorMessage,
  { folder, signal, onFailure }: ActionParts,
): Promise<boolean> {
  const until = AbortSignal.any([signal, AbortSignal.timeout(DOOR_MESSAGE_MS)]);
  const environment = { WHORL_DOOR: message.door, WHORL_PERSON: message.person?.name ?? '' };
  const child = spawn(program, given, {
    cwd: folder,
    env: { ...process.env, ...environment },
    stdio: ['pipe', 'ignore', 'ignore'],
    signal: until,
    killSignal: 'SIGKILL',
  });
  // A program that reads nothing ends the pipe.
  child.stdin.on('error', () => {});
  child.stdin.end(`${JSON.stringify(message)}\n`);
  return await new Promise<boolean>((settle) => {
    child.once('error', (error) => {
      onFailure(until.aborted ? 'the program took too long' : error.message);
      settle(false);
    });
    child.once('exit', (code) => {
      if (code !== 0) onFailure(`the program ended with ${code}`);
      settle(code === 0);
    });
  });
}

/** A module runs on a thread of its own, which ends with its answer. */
async function runModule(
  module: string,
  message: DoorMessage,
  { folder, signal, onFailure }: ActionParts,
): Promise<boolean> {
  const url = module.startsWith('.') || module.startsWith('/') ? pathToFileURL(resolve(folder, module)).href : module;
  const worker = new Worker(workerEntry('door-module-worker', import.meta.url), {
    ...workerOptions(),
    workerData: { module: url, folder: pathToFileURL(`${folder}/`).href, message },
  });
  const until = AbortSignal.any([signal, AbortSignal.timeout(DOOR_MESSAGE_MS)]);
  const failure = await new Promise<string | undefined>((settle) => {
    worker.once('message', (answer: { readonly failure?: string }) => settle(answer.failure));
    worker.once('error', (error) => settle(error instanceof Error ? error.message : 'the module failed'));
    worker.once('exit', () => settle('the module ended its thread'));
    const abort = () => settle('the module took too long');
    if (until.aborted) abort();
    until.addEventListener('abort', abort, { once: true });
  });
  await worker.terminate();
  if (failure !== undefined) onFailure(failure);
  return failure === undefined;
}
