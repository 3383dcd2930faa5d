/**
 * What a client may send, as a schema: everything that comes from another process passes here before the service sees
 * it. The schema judges shapes; what the values mean is judged by the rules of each operation.
 */

import { z } from 'zod';
import { BiometricError } from '../../core/biometric-error.ts';
import type { OpenFrameworkRequest, OpenSessionRequest, OperationRequest } from '../../core/operation-request.ts';
import type { ServiceCall } from '../../core/service-call.ts';
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

const owner = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('sid'), sid: text }),
  z.strictObject({ type: z.literal('guid'), guid: text }),
]);

const unit = { unitId: number };
const property = { propertyType: number, propertyId: number, ...unit, subFactor: number };

/** Fields of each kind of request beside the kind itself. */
type Fields<Requests extends { readonly kind: string }> = {
  readonly [K in Requests['kind']]: Shape<Omit<Extract<Requests, { readonly kind: K }>, 'kind'>>;
};
type Shape<Request> = { readonly [Name in keyof Request]-?: z.ZodType };

const ENUMERATIONS = {
  'enum-biometric-units': { factor: number },
  'enum-databases': { factor: number },
  'enum-service-providers': { factor: number },
} as const;

const OPERATION_FIELDS = {
  ...ENUMERATIONS,
  'capture-sample': { purpose: number, flags: number },
  identify: {},
  verify: { identity, subFactor: number },
  'locate-sensor': {},
  'enroll-begin': { subFactor: number, ...unit },
  'enroll-select': { selector: z.bigint() },
  'enroll-capture': {},
  'enroll-commit': { owner: owner.optional() },
  'enroll-discard': {},
  'enum-enrollments': { ...unit, identity },
  'delete-template': { ...unit, identity, subFactor: number },
  'get-property': { ...property, identity: identity.nullable() },
  'set-property': { ...property, identity, value: bytes },
  'lock-unit': unit,
  'unlock-unit': unit,
  'control-unit': {
    privileged: z.boolean(),
    ...unit,
    component: number,
    controlCode: number,
    sendBuffer: bytes,
    receiveBufferSize: number,
  },
  'logon-identified-user': {},
  'register-event-monitor': { eventMask: number },
  'unregister-event-monitor': {},
  'monitor-presence': unit,
  'watch-samples': {},
  'monitor-framework-changes': { changeTypes: number },
  cancel: {},
  close: {},
} as const satisfies Fields<OperationRequest>;

const OPEN_FIELDS = {
  'open-framework': {},
  'open-session': {
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
    readers: z
      .array(z.union([text, number]))
      .max(4096)
      .optional(),
  },
} as const satisfies Fields<OpenSessionRequest | OpenFrameworkRequest>;

const CALL_FIELDS = {
  ...ENUMERATIONS,
  'acquire-focus': {},
  'release-focus': {},
  'get-setting': { setting: z.enum(['enabled', 'logon', 'domainLogon']) },
  'get-enrolled-factors': { owner: identity },
  'get-credential-state': { identity, type: number },
  'set-credential': { type: number, credential: bytes, format: number },
  'remove-credential': { identity, type: number },
  'remove-all-credentials': { domainOnly: z.boolean() },
} as const satisfies Fields<ServiceCall>;

/** One of these kinds, with its fields and no other. */
function requestOf(fields: Readonly<Record<string, z.core.$ZodLooseShape>>) {
  const kinds = Object.entries(fields).map(([kind, shape]) => z.strictObject({ kind: z.literal(kind), ...shape }));
  const [first, ...others] = kinds;
  if (first === undefined) throw new TypeError('a request has at least one kind');
  return z.discriminatedUnion('kind', [first, ...others]);
}

const CLIENT_MESSAGE: z.ZodType<ClientMessage> = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('hello'), version: number, token: text.optional() }),
  z.strictObject({ type: z.literal('open'), id, request: requestOf(OPEN_FIELDS) }),
  z.strictObject({ type: z.literal('submit'), id, handle: number, request: requestOf(OPERATION_FIELDS) }),
  z.strictObject({ type: z.literal('call'), id, request: requestOf(CALL_FIELDS) }),
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
