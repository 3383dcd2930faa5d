/** Checks the configuration of a daemon; published as a JSON Schema. */

import { z } from 'zod';
import { DEFAULT_DATABASES } from '../../composition/configuration/default-databases.ts';
import { ABIS_SCHEMA } from '../../composition/configuration/schema/abis-schema.ts';
import { list, path } from '../../composition/configuration/schema/fields.ts';
import { SERVICE_FIELDS } from '../../composition/configuration/schema/service-schema.ts';
import { CLIENT_LIMITS, type ClientLimits } from '../../composition/connection/client-limits.ts';
import type { DaemonConfiguration } from './daemon-configuration.ts';

const who = list('give names or numbers of users, "@" and the name of a group, or "*"; on Windows also SIDs');
const LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;
const PORT = 'give 0 to 65535';

const access = z
  .strictObject({
    users: who
      .optional()
      .describe('Who may connect, beside the owner of the service, root, administrators and operators.'),
    administrators: who.optional().describe('Who may do everything.'),
    operators: who.optional().describe('Who may look after people, journal and enrollments of others.'),
    enroll: who.optional().describe('Who may enroll their own fingers.'),
  })
  .readonly();

const HOURS = 'give 1 to 8760';
const KEEP = 'give 1 to 1000';
const backups = z
  .strictObject({
    folder: path.optional().describe('Better on another disk. Default: backups in the state directory.'),
    everyHours: z
      .int(HOURS)
      .min(1, HOURS)
      .max(8760, HOURS)
      .optional()
      .describe('Hours between two. Default: only on request.'),
    keep: z
      .int(KEEP)
      .min(1, KEEP)
      .max(1000, KEEP)
      .optional()
      .describe('Of more, the oldest goes, whoever made it. Default: 14.'),
  })
  .readonly();

const fprintd = z
  .strictObject({
    bus: z
      .string('give an address such as unix:path=/run/dbus/system_bus_socket')
      .min(1, 'give an address such as unix:path=/run/dbus/system_bus_socket')
      .optional()
      .describe('Address of the bus. Default: DBUS_SYSTEM_BUS_ADDRESS, else the system bus.'),
    polkit: z
      .boolean('give true or false')
      .optional()
      .describe(
        'Whether polkit decides who may enroll and name other users, by the actions of fprintd. Default: false, access does.',
      ),
    readers: list('give names of readers')
      .optional()
      .describe('Names of the readers that are offered. Default: all but those at doors.'),
  })
  .readonly();

const log = z
  .strictObject({
    level: z
      .enum(LEVELS, "give 'debug', 'info', 'warn', 'error' or 'silent'")
      .describe('What is logged. Default: info.'),
  })
  .readonly();

const http = z
  .strictObject({
    port: z.int(PORT).min(0, PORT).max(65_535, PORT).optional().describe('Default: 17737; 0 takes any that is free.'),
    host: z.string('give an address').optional().describe('Default: 127.0.0.1.'),
    hosts: list('give names or addresses such as door.example.org')
      .optional()
      .describe('Names and addresses that the console is reached by, beside loopback and `host`; the first is shown.'),
    tls: z
      .union(
        [z.literal('own'), z.strictObject({ certificate: path, key: path }).readonly()],
        "give 'own' or { certificate, key }",
      )
      .optional()
      .describe('A certificate of its own, made at the first start, or one that is given. Needed beyond loopback.'),
    origins: list('give origins such as https://example.org')
      .optional()
      .describe('Pages that may connect beside the console; each is paired first.'),
  })
  .refine(({ host = '127.0.0.1', tls }) => tls !== undefined || isLoopback(host), {
    path: ['tls'],
    message: "give 'own' or { certificate, key }: without TLS the console is for this machine alone",
  })
  .readonly();

/** Addresses of this machine that no other reaches. */
function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}

function limit(name: keyof ClientLimits, least: number, most: number) {
  const { bounds, value, atLimit } = CLIENT_LIMITS[name];
  const remedy = `give ${least} to ${most}`;
  const description = `Most ${bounds}. Default: ${value}; at the limit: ${atLimit}.`;
  return z.int(remedy).min(least, remedy).max(most, remedy).optional().describe(description);
}

const limits = z
  .strictObject({
    connections: limit('connections', 1, 65_536),
    connectionsPerAccount: limit('connectionsPerAccount', 1, 65_536),
    bytesPerAccount: limit('bytesPerAccount', 1 << 20, 1 << 30),
    operationsPerAccount: limit('operationsPerAccount', 1, 1_000_000),
  })
  .readonly();

export const DAEMON_SCHEMA: z.ZodType<DaemonConfiguration> = z
  .strictObject({
    ...SERVICE_FIELDS,
    $schema: z.string().optional().describe('Where an editor finds this schema.'),
    socket: path
      .optional()
      .describe('Path of the socket that clients connect to. Default: whorl.sock in the state directory.'),
    access: access
      .optional()
      .describe(
        'Users by name or number, groups as @name, * for everyone; on Windows also DOMAIN\\name and SIDs. Needs the package koffi, and `socket` but on Windows.',
      ),
    limits: limits.optional().describe('What clients may use, each account and all together.'),
    backups: backups.optional().describe('Where backups lie, and when they are made without being asked for.'),
    log: log.optional().describe('JSON lines on standard error.'),
    http: http
      .optional()
      .describe('The console, health, metrics, and WebSocket clients from these origins. Default: off.'),
    fprintd: fprintd
      .optional()
      .describe('Stands in the place of fprintd on the message bus of Linux. Needs dbus-native. Default: off.'),
    abis: ABIS_SCHEMA.optional().describe(
      'A registry may ask the service as an ABIS, by the interface of MOSIP. Default: off.',
    ),
  })
  .superRefine(({ abis, databases = DEFAULT_DATABASES, engine, http }, context) => {
    if (abis === undefined) return;
    const found = databases.find(({ id }) => id.toUpperCase() === abis.database.toUpperCase());
    const refuse = (field: string, message: string) =>
      context.addIssue({ code: 'custom', path: ['abis', field], message });
    if (found?.pool !== 'private') refuse('database', "give one of `databases` whose pool is 'private'");
    if (abis.http !== undefined && http === undefined)
      refuse('http', 'it is the HTTP listener that takes them: give `http` as well');
    if (engine !== undefined)
      refuse('database', "another engine than Whorl's is configured, which reads no records of fingers");
  });
