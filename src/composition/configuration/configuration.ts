/**
 * The configuration of a service as one schema: it checks configurations, gives them their type, and is published as a
 * JSON Schema. Every field has a default that works. Comments on fields show on hover in programs; descriptions show in
 * the generated page and in editors of the JSON file.
 */

import { z } from 'zod';
import { isGuid } from '../../core/guid.ts';
import type { DatabaseId } from '../../core/identifiers.ts';
import { isSid } from '../../core/sid.ts';
import { LONGEST_LOGON_WINDOW_MS } from '../../service/access/policy.ts';

/** GUID of the database of the system pool, unless configured otherwise. */
export const SYSTEM_DATABASE_ID: DatabaseId = '6F0C4C1A-5E0B-4B55-9C8D-0F6A3B1C7E21';
/** GUID of the database for private pools, unless configured otherwise. */
export const PRIVATE_DATABASE_ID: DatabaseId = 'A3D9E6B2-7C41-4F0A-8B1E-92C5D47F6038';

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
          /** Which kind of reader. */
          kind: z.literal('virtual'),
          /** Name that `service.virtualReader(name)` takes. Default: `virtual`, then `virtual-2` and so on. */
          name: z.string('give a name').min(1, 'give a name').optional().describe('Name that commands address it by.'),
          /** What becomes of a touch while nothing captures. Default: `lost`. */
          earlyTouch: z
            .enum(['lost', 'kept'], "give 'lost' or 'kept'")
            .optional()
            .describe('What becomes of a touch while nothing captures. Default: lost.'),
        })
        .describe('A scripted reader that captures what it is told to.'),
      z
        .strictObject({
          /** Which kind of reader. */
          kind: z.literal('replay'),
          /** Folder of the PNG files. */
          folder: z.string('name a folder').min(1, 'name a folder').describe('Where the files are.'),
          /** Pixels per inch. Default: as dataset.json or the files say. */
          resolutionPpi: z
            .number('give pixels per inch')
            .positive('give pixels per inch')
            .optional()
            .describe('Pixels per inch; dataset.json or the files say it when absent.'),
          /** Files in the order they are played. Default: all, by name. */
          files: list('name files').optional().describe('Files in the order they are played; all by name when absent.'),
        })
        .describe('A reader that plays the PNG files of a folder.'),
      z
        .strictObject({
          /** Which kind of reader. */
          kind: z.literal('module'),
          /** Package beside the configuration, or path of a file. */
          module: moduleName,
          /** Handed to the adapter unchanged. Default: none. */
          options: options.optional(),
        })
        .describe('Readers of an adapter module, loaded by its name.'),
    ],
    "give 'virtual', 'replay' or 'module'",
  )
  .readonly();

const database = z
  .strictObject({
    /** GUID of the database; it never changes. */
    id: z.string('give a GUID').refine(isGuid, 'give a GUID').describe('Its GUID, for ever.'),
    /** Pool it serves; the system pool has one database. */
    pool: z.enum(['system', 'private'], "give 'system' or 'private'").describe('Which pool it serves.'),
    /** Most records it may hold. Default: no limit. */
    recordLimit: z.int('give a whole number').min(1, 'give 1 or more').optional().describe('Most records it may hold.'),
    /** Adapter module that keeps it. Default: a SQLite file in the state directory. */
    storage: z
      .strictObject({ module: moduleName, options: options.optional() })
      .optional()
      .describe('Adapter module that keeps it. Default: a SQLite file in the state directory.'),
  })
  .readonly();

const policy = z.strictObject({
  /** The framework as a whole. Default: true. */
  enabled: flag.optional().describe('The framework as a whole. Default: true.'),
  /** Logon with a finger. Default: false. */
  logon: flag.optional().describe('Logon with a finger. Default: false.'),
  /** Logon with a finger to a domain account. Default: false. */
  domainLogon: flag.optional().describe('Logon with a finger to a domain account. Default: false.'),
  /** Credentials may be kept for logon. Default: false. */
  credentialProvider: flag.optional().describe('Credentials may be kept for logon. Default: false.'),
  /** A finger may switch the console to its account. Default: false. */
  fastUserSwitching: flag.optional().describe('A finger may switch the console to its account. Default: false.'),
  /** A logon needs a secure attention sequence first. Default: false. */
  secureAttention: flag.optional().describe('A logon needs a secure attention sequence first. Default: false.'),
  /** How long an identification serves for a logon, milliseconds, at most 60,000. Default: 5000. */
  logonWindowMs: z
    .number('give 0 to 60000 milliseconds')
    .min(0, 'give 0 to 60000 milliseconds')
    .max(LONGEST_LOGON_WINDOW_MS, 'give 0 to 60000 milliseconds')
    .optional()
    .describe('How long an identification serves for a logon, milliseconds. Default: 5000.'),
  /** Whether engines look for presentation attacks. Default: yes, and each account may change its own setting. */
  antiSpoof: z
    .strictObject({
      /** For all accounts not named, which then cannot change it. Default: each account decides. */
      everybody: flag.optional().describe('For all accounts that are not named; they cannot change it then.'),
      /** By SID. Default: none. */
      accounts: z.record(z.string().refine(isSid, 'name accounts by their SID'), flag).optional().describe('By SID.'),
    })
    .readonly()
    .optional()
    .describe('Whether engines look for fakes. Default: yes, and each account may change its own.'),
});

const service = z.strictObject({
  /**
   * Folder of databases and keys, or `memory` for nothing that outlives the process. Default: the folder `$WHORL_HOME`,
   * or `whorl` in the XDG state directory.
   */
  state: z
    .union([z.literal('memory'), z.strictObject({ directory }).readonly()], "give 'memory' or { directory }")
    .optional()
    .describe('Folder of databases and keys, or "memory" for nothing that outlives the process.'),
  /** Readers to attach. Default: one virtual reader. */
  readers: z.array(reader, 'give a list').readonly().optional().describe('Default: one virtual reader.'),
  /** Databases to install. Default: one for the system pool, one for private pools. */
  databases: z
    .array(database, 'give a list')
    .refine((all) => all.filter(({ pool }) => pool === 'system').length <= 1, 'the system pool has one database')
    .refine((all) => new Set(all.map(({ id }) => id.toUpperCase())).size === all.length, 'each needs an id of its own')
    .readonly()
    .optional()
    .describe('Default: one of the system pool, one for private pools.'),
  /** What an administrator decides. Default: each setting has its own. */
  policy: policy.readonly().optional().describe('What an administrator decides; the rest is as by default.'),
  /** Where the key that seals templates comes from. Default: a file in the state directory. */
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
  /** Adapter module of another fingerprint engine; its templates are its own. Default: the engine of Whorl. */
  engine: z
    .strictObject({ module: moduleName, options: options.optional() })
    .readonly()
    .optional()
    .describe('Adapter module of another engine for fingerprints; templates are its own. Default: ours.'),
  /** Whether our engine adds to a template what a good match shows anew. Default: false. */
  updateTemplates: flag
    .optional()
    .describe('Whether our engine adds to a template what a good match shows anew. Default: false.'),
  /** Threads that compute, 1 to 256. Default: one for each processor, at most 4. */
  engineThreads: z
    .int('give 1 to 256')
    .min(1, 'give 1 to 256')
    .max(256, 'give 1 to 256')
    .optional()
    .describe('Threads that compute. Default: the processors there are, at most 4.'),
  /** The account an embedding application acts for. Default: its user, as administrator. */
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
  /** Who may connect, beside the owner of the service and root. Default: no one else. */
  users: who.optional().describe('Who may connect beside the owner of the service and root.'),
  /** Who may do everything. Default: the owner and root. */
  administrators: who.optional().describe('Who may do everything.'),
  /** Who may enroll for the own account. Default: administrators. */
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

/** Configuration of a service embedded in an application; every field has a default. */
export type ServiceConfiguration = Readonly<z.infer<typeof service>>;
/** A reader to attach, by its `kind`: scripted, playing files, or from an adapter module. */
export type ReaderConfiguration = z.infer<typeof reader>;
/** A database to install. */
export type DatabaseConfiguration = z.infer<typeof database>;
/** Who may do what. */
export type AccessConfiguration = Readonly<z.infer<typeof access>>;
/** Configuration of a daemon, the content of `whorl.config.json`. */
export type DaemonConfiguration = Readonly<z.infer<typeof daemon>>;

/** Checks the configuration of an embedded service. */
export const SERVICE_SCHEMA: z.ZodType<ServiceConfiguration> = service;
/** Checks the configuration of a daemon. */
export const DAEMON_SCHEMA: z.ZodType<DaemonConfiguration> = daemon;
