/**
 * What a client may send, as a schema: everything that comes from another process passes here before the service sees
 * it. The schema judges shapes; what the values mean is judged by the rules of each operation.
 */

import { z } from 'zod';
import { BiometricError } from '../../core/biometric-error.ts';
import type { ClientMessage } from '../../protocol/messages.ts';

const id = z.int().min(1);
const number = z.number();
const text = z.string().max(4096);
const bytes = z.instanceof(Uint8Array);

const identity = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('sid'), sid: text }),
  z.strictObject({ type: z.literal('guid'), guid: text }),
  z.strictObject({ type: z.literal('wildcard') }),
  z.strictObject({ type: z.literal('null') }),
]);

const kind = <K extends string>(name: K) => z.strictObject({ kind: z.literal(name) });
const unit = { unitId: number };
const property = { propertyType: number, propertyId: number, ...unit, subFactor: number };

const ENUMERATIONS = [
  kind('enum-biometric-units').extend({ factor: number }),
  kind('enum-databases').extend({ factor: number }),
  kind('enum-service-providers').extend({ factor: number }),
] as const;

const operation = z.discriminatedUnion('kind', [
  kind('capture-sample').extend({ purpose: number, flags: number }),
  kind('identify'),
  kind('verify').extend({ identity, subFactor: number }),
  kind('locate-sensor'),
  kind('enroll-begin').extend({ subFactor: number, ...unit }),
  kind('enroll-select').extend({ selector: z.bigint() }),
  kind('enroll-capture'),
  kind('enroll-commit'),
  kind('enroll-discard'),
  kind('enum-enrollments').extend({ ...unit, identity }),
  kind('delete-template').extend({ ...unit, identity, subFactor: number }),
  kind('get-property').extend({ ...property, identity: identity.nullable() }),
  kind('set-property').extend({ ...property, identity, value: bytes }),
  kind('lock-unit').extend(unit),
  kind('unlock-unit').extend(unit),
  kind('control-unit').extend({
    privileged: z.boolean(),
    ...unit,
    component: number,
    controlCode: number,
    sendBuffer: bytes,
    receiveBufferSize: number,
  }),
  kind('logon-identified-user'),
  kind('register-event-monitor').extend({ eventMask: number }),
  kind('unregister-event-monitor'),
  kind('monitor-presence').extend(unit),
  kind('watch-samples'),
  ...ENUMERATIONS,
  kind('monitor-framework-changes').extend({ changeTypes: number }),
  kind('cancel'),
  kind('close'),
]);

const open = z.discriminatedUnion('kind', [
  kind('open-framework'),
  kind('open-session').extend({
    handleKind: z.enum(['synchronous', 'asynchronous']),
    factor: number,
    poolType: number,
    flags: number,
    units: z.array(number).max(4096).nullable(),
    unitCount: number,
    database: z
      .union([
        z.strictObject({ selector: z.enum(['default', 'bootstrap', 'onchip']) }),
        z.strictObject({ databaseId: text }),
      ])
      .nullable(),
  }),
]);

const call = z.discriminatedUnion('kind', [
  ...ENUMERATIONS,
  kind('acquire-focus'),
  kind('release-focus'),
  kind('get-setting').extend({ setting: z.enum(['enabled', 'logon', 'domainLogon']) }),
  kind('get-enrolled-factors').extend({ owner: identity }),
  kind('get-credential-state').extend({ identity, type: number }),
  kind('set-credential').extend({ type: number, credential: bytes, format: number }),
  kind('remove-credential').extend({ identity, type: number }),
  kind('remove-all-credentials').extend({ domainOnly: z.boolean() }),
]);

const CLIENT_MESSAGE: z.ZodType<ClientMessage> = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('hello'), version: number, token: text.optional() }),
  z.strictObject({ type: z.literal('open'), id, request: open }),
  z.strictObject({ type: z.literal('submit'), id, handle: number, request: operation }),
  z.strictObject({ type: z.literal('call'), id, request: call }),
  // An extension reads its own body.
  z.strictObject({ type: z.literal('extension'), id, name: text, body: z.unknown() }),
  z.strictObject({ type: z.literal('withdraw'), id }),
]) as z.ZodType<ClientMessage>;

/** The message that a frame held. Throws WHORL_E_PROTOCOL naming the field that is wrong, never its value. */
export function readClientMessage(content: unknown): ClientMessage {
  const read = CLIENT_MESSAGE.safeParse(content);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new BiometricError('WHORL_E_PROTOCOL', `${issue?.path.join('.') || 'the message'} is not what it should be`);
}
