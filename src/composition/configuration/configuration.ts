/**
 * The schema of configurations: it checks them and is published as a JSON Schema, whose descriptions the generated page
 * and editors show. Every field has a default that works.
 */

import { z } from 'zod';
import { isGuid } from '../../core/guid.ts';
import { isSid } from '../../core/sid.ts';
import { LONGEST_LOGON_WINDOW_MS } from '../../service/access/policy.ts';
import type { ServiceConfiguration } from './service-configuration.ts';

export { PRIVATE_DATABASE_ID, SYSTEM_DATABASE_ID } from './database-ids.ts';
export type { DatabaseConfiguration, ReaderConfiguration, ServiceConfiguration } from './service-configuration.ts';

const path = z.string('give a path').min(1, 'give a path');
const directory = path.describe('It belongs to one service at a time.');
const flag = z.boolean('give true or false');
const options = z.record(z.string(), z.unknown()).describe('Handed to the adapter as they are.');
const moduleName = z
  .string('name a module')
  .min(1, 'name a module')
  .describe('A package beside the configuration, or the path of a file.');
const list = (of: string) => z.array(z.string(of).min(1, of), of).readonly();
const WHO = 'give names or numbers of users, "@" and the name of a group, or "*"';
const who = list(WHO);

const reader = z
  .discriminatedUnion(
    'kind',
    [
      z
        .strictObject({
          kind: z.literal('virtual'),
          name: z.string('give a name').min(1, 'give a name').optional().describe('Name that commands address it by.'),
          earlyTouch: z
            .enum(['lost', 'kept'], "give 'lost' or 'kept'")
            .optional()
            .describe('What becomes of a touch while nothing captures. Default: lost.'),
        })
        .describe('A scripted reader that captures what it is told to.'),
      z
        .strictObject({
          kind: z.literal('replay'),
          folder: z.string('name a folder').min(1, 'name a folder').describe('Where the files are.'),
          resolutionPpi: z
            .number('give pixels per inch')
            .positive('give pixels per inch')
            .optional()
            .describe('Pixels per inch; dataset.json or the files say it when absent.'),
          files: list('name files').optional().describe('Files in the order they are played; all by name when absent.'),
        })
        .describe('A reader that plays the PNG files of a folder.'),
      z
        .strictObject({ kind: z.literal('module'), module: moduleName, options: options.optional() })
        .describe('Readers of an adapter module, loaded by its name.'),
    ],
    "give 'virtual', 'replay' or 'module'",
  )
  .readonly();

const database = z
  .strictObject({
    id: z.string('give a GUID').refine(isGuid, 'give a GUID').describe('Its GUID, for ever.'),
    pool: z.enum(['system', 'private'], "give 'system' or 'private'").describe('Which pool it serves.'),
    recordLimit: z.int('give a whole number').min(1, 'give 1 or more').optional().describe('Most records it may hold.'),
    storage: z
      .strictObject({ module: moduleName, options: options.optional() })
      .optional()
      .describe('Adapter module that keeps it. Default: a SQLite file in the state directory.'),
  })
  .readonly();

const policy = z.strictObject({
  enabled: flag.optional().describe('The framework as a whole. Default: true.'),
  logon: flag.optional().describe('Logon with a finger. Default: false.'),
  domainLogon: flag.optional().describe('Logon with a finger to a domain account. Default: false.'),
  credentialProvider: flag.optional().describe('Credentials may be kept for logon. Default: false.'),
  fastUserSwitching: flag.optional().describe('A finger may switch the console to its account. Default: false.'),
  secureAttention: flag.optional().describe('A logon needs a secure attention sequence first. Default: false.'),
  logonWindowMs: z
    .number('give 0 to 60000 milliseconds')
    .min(0, 'give 0 to 60000 milliseconds')
    .max(LONGEST_LOGON_WINDOW_MS, 'give 0 to 60000 milliseconds')
    .optional()
    .describe('How long an identification serves for a logon, milliseconds. Default: 5000.'),
  antiSpoof: z
    .strictObject({
      everybody: flag.optional().describe('For all accounts that are not named; they cannot change it then.'),
      accounts: z.record(z.string().refine(isSid, 'name accounts by their SID'), flag).optional().describe('By SID.'),
    })
    .readonly()
    .optional()
    .describe('Whether engines look for fakes. Default: yes, and each account may change its own.'),
});

const service = z.strictObject({
  state: z
    .union([z.literal('memory'), z.strictObject({ directory }).readonly()], "give 'memory' or { directory }")
    .optional()
    .describe('Folder of databases and keys, or "memory" for nothing that outlives the process.'),
  readers: z.array(reader, 'give a list').readonly().optional().describe('Default: one virtual reader.'),
  databases: z
    .array(database, 'give a list')
    .refine((all) => all.filter(({ pool }) => pool === 'system').length <= 1, 'the system pool has one database')
    .refine((all) => new Set(all.map(({ id }) => id.toUpperCase())).size === all.length, 'each needs an id of its own')
    .readonly()
    .optional()
    .describe('Default: one of the system pool, one for private pools.'),
  policy: policy.readonly().optional().describe('What an administrator decides; the rest is as by default.'),
  keys: z
    .union(
      [
        z
          .strictObject({
            environment: z
              .string('name a variable')
              .min(1, 'name a variable')
              .describe('A variable that holds the key.'),
          })
          .readonly(),
        z
          .strictObject({
            command: list('give a program and its arguments').describe(
              'A program, with its arguments, that prints the key.',
            ),
          })
          .readonly(),
        z.literal('file'),
      ],
      "give 'file', { environment } or { command }",
    )
    .optional()
    .describe('Where the key that seals templates comes from. Default: a file of the state directory.'),
  engine: z
    .strictObject({ module: moduleName, options: options.optional() })
    .readonly()
    .optional()
    .describe('Adapter module of another engine for fingerprints; templates are its own. Default: ours.'),
  updateTemplates: flag
    .optional()
    .describe('Whether our engine adds to a template what a good match shows anew. Default: false.'),
  engineThreads: z
    .int('give 1 to 256')
    .min(1, 'give 1 to 256')
    .max(256, 'give 1 to 256')
    .optional()
    .describe('Threads that compute. Default: the processors there are, at most 4.'),
  application: z
    .strictObject({
      sid: z.string().refine(isSid, 'give a SID such as S-1-22-1-1000').optional().describe('Default: of the user.'),
      administrator: flag.optional().describe('Default: true.'),
    })
    .readonly()
    .optional()
    .describe('The principal of an application that embeds the service. Default: its user, as administrator.'),
});

const access = z.strictObject({
  users: who.optional().describe('Who may connect beside the owner of the service and root.'),
  administrators: who.optional().describe('Who may do everything.'),
  enroll: who.optional().describe('Who may enroll for the own account.'),
});

const daemon = service.omit({ application: true }).extend({
  $schema: z.string().optional().describe('Where an editor finds this schema.'),
  socket: path.optional().describe('Where clients connect. Default: whorl.sock in the state directory.'),
  access: access
    .readonly()
    .optional()
    .describe('Users by name or number, groups as @name, * for all. Needs `socket` and the package koffi.'),
  log: z
    .strictObject({
      level: z
        .enum(['debug', 'info', 'warn', 'error', 'silent'], "give 'debug', 'info', 'warn', 'error' or 'silent'")
        .describe('What is logged. Default: info.'),
    })
    .readonly()
    .optional()
    .describe('JSON lines on standard error.'),
  http: z
    .strictObject({
      port: z
        .int('give 0 to 65535')
        .min(0, 'give 0 to 65535')
        .max(65_535, 'give 0 to 65535')
        .optional()
        .describe('Default: 17737; 0 takes any that is free.'),
      host: z.string('give an address').optional().describe('Default: 127.0.0.1.'),
      origins: list('give origins such as https://example.org')
        .optional()
        .describe('Pages that may connect beside our own; each is paired first.'),
    })
    .readonly()
    .optional()
    .describe('The console, health, metrics, and WebSocket clients from these origins. Default: off.'),
});

/** Who may do what. */
export type AccessConfiguration = Readonly<z.infer<typeof access>>;
/** Configuration of a daemon, the content of `whorl.config.json`. */
export type DaemonConfiguration = Readonly<z.infer<typeof daemon>>;

/** Each field of the one is a field of the other. */
type SameFields<A, B> = [keyof A, keyof B] extends [keyof B, keyof A] ? true : false;
true satisfies SameFields<ServiceConfiguration, z.infer<typeof service>>;

/** Checks the configuration of an embedded service. */
export const SERVICE_SCHEMA: z.ZodType<ServiceConfiguration> = service;
/** Checks the configuration of a daemon. */
export const DAEMON_SCHEMA: z.ZodType<DaemonConfiguration> = daemon;
