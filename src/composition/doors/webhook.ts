/**
 * Messages to other systems over HTTP, signed as Standard Webhooks says (https://www.standardwebhooks.com), so that libraries
 * for it can check them: HMAC-SHA256 of `id.timestamp.body` in the header `webhook-signature`.
 */

import { createHmac } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

/** Header of the secret in its text form. */
const SECRET_PREFIX = 'whsec_';
/** How long one attempt may take, milliseconds. */
const ATTEMPT_MS = 5000;
/** Pauses between attempts, milliseconds; the last one stays. */
const PAUSES_MS = [250, 500, 1000, 2000, 4000, 8000, 15_000, 30_000, 60_000, 300_000];

/** A message to send. */
export interface WebhookMessage {
  /** The same at each attempt, so that a receiver can leave out what it has already. */
  readonly id: string;
  readonly url: string;
  /** JSON. */
  readonly body: string;
}

/** How a message is sent. */
export interface WebhookOptions {
  readonly secret: string;
  readonly signal: AbortSignal;
  /** From when on it is not sent again, milliseconds since 1970. Default: it is sent until it is taken. */
  readonly untilMs?: number;
  /** Told of each attempt that failed. */
  readonly onFailure?: (reason: string) => void;
}

/** Resolves with true once the receiver has answered 2xx; false when it was given up: in time, or because the receiver is gone (410). */
export async function sendWebhook(message: WebhookMessage, options: WebhookOptions): Promise<boolean> {
  const { signal, untilMs = Number.POSITIVE_INFINITY, onFailure = () => {} } = options;
  for (let attempt = 0; !signal.aborted; attempt += 1) {
    const outcome = await attemptOnce(message, options);
    if (outcome === undefined) return true;
    if (signal.aborted) break;
    onFailure(outcome);
    const pauseMs = PAUSES_MS[Math.min(attempt, PAUSES_MS.length - 1)] ?? 0;
    if (outcome === 'HTTP 410' || Date.now() + pauseMs >= untilMs) return false;
    await pause(pauseMs, undefined, { signal, ref: false }).catch(() => undefined);
  }
  return false;
}

/** The headers that prove a body. `atSeconds`: seconds since 1970. */
export function webhookHeaders(id: string, atSeconds: number, body: string, secret: string): Record<string, string> {
  const key = Buffer.from(secret.startsWith(SECRET_PREFIX) ? secret.slice(SECRET_PREFIX.length) : secret, 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${atSeconds}.${body}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': String(atSeconds), 'webhook-signature': `v1,${signature}` };
}

/** A secret in its text form, of bytes. */
export function webhookSecret(bytes: Uint8Array): string {
  return SECRET_PREFIX + Buffer.from(bytes).toString('base64');
}

/** Undefined when it was taken, else why not. */
async function attemptOnce({ id, url, body }: WebhookMessage, options: WebhookOptions): Promise<string | undefined> {
  const { secret, signal, untilMs = Number.POSITIVE_INFINITY } = options;
  const mostMs = Math.max(1, Math.min(ATTEMPT_MS, untilMs - Date.now()));
  try {
    const response = await fetch(url, {
      method: 'POST',
      redirect: 'error',
      headers: {
        'content-type': 'application/json',
        ...webhookHeaders(id, Math.floor(Date.now() / 1000), body, secret),
      },
      body,
      signal: AbortSignal.any([signal, AbortSignal.timeout(mostMs)]),
    });
    await response.body?.cancel();
    return response.ok ? undefined : `HTTP ${response.status}`;
  } catch (thrown) {
    const { name, cause } = thrown as Error & { readonly cause?: { readonly code?: string } };
    return name === 'TimeoutError' ? 'no answer in time' : (cause?.code ?? name);
  }
}
