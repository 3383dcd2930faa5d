/** What clients ask about people; for administrators and operators. */

import { z } from 'zod';
import type { OwnerIdentity } from '../../core/identity.ts';
import type { BulkChange } from '../../core/person.ts';
import { requireRight } from '../../service/access/access.ts';
import type { Principal } from '../../service/access/principal.ts';
import type { Service } from '../../service/service.ts';
import {
  checkedBy,
  lineOf,
  PERSON_FIELDS,
  PERSON_SCHEMA,
  VALIDITY_SCHEMA,
} from '../../storage/records/people/person-schema.ts';
import type { Extension } from '../connection/extensions.ts';
import { OWNER_SCHEMA, PAGE_FIELDS } from './identity-schema.ts';
import { ImportPieces } from './import-pieces.ts';

/** Largest table of an import, characters. */
const MOST_CSV = 64 << 20;
/** Largest picture, bytes. */
const MOST_PICTURE = 256 << 10;
const MOST_AT_ONCE = 10_000;

const TEXT = 'give at most 200 characters';
const flag = z.boolean('give true or false').optional();
const FILTERS = {
  text: z.string(TEXT).max(200, TEXT).optional(),
  group: z.string('give the name of a group').max(64, 'give at most 64 characters').optional(),
  enrolled: flag,
  valid: flag,
  sort: z.enum(['name', 'number', 'created', 'changed'], "give 'name', 'number', 'created' or 'changed'").optional(),
  descending: flag,
};
const query = z.strictObject({ ...FILTERS, ...PAGE_FIELDS });
const REVISION = 'give the revision that was read';
const PICTURE = 'give the bytes of a JPEG or PNG of at most 256 kB, or null';
const PEOPLE = `give 1 to ${MOST_AT_ONCE} identities`;

const change: z.ZodType<BulkChange> = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({ kind: z.enum(['add-group', 'remove-group']), group: lineOf(64) }),
    z.strictObject({ kind: z.literal('validity'), validity: VALIDITY_SCHEMA.optional() }),
    z.strictObject({ kind: z.enum(['suspend', 'resume']) }),
  ],
  "give 'add-group', 'remove-group', 'validity', 'suspend' or 'resume'",
) as z.ZodType<BulkChange>;

const importId = z.string('give the id of an import').max(64, 'give the id of an import');

const QUESTION = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('create'),
    details: z.strictObject({ ...PERSON_FIELDS, identity: OWNER_SCHEMA.optional() }),
  }),
  z.strictObject({ kind: z.enum(['get', 'belongings', 'delete', 'picture']), identity: OWNER_SCHEMA }),
  z.strictObject({ kind: z.literal('list'), query }),
  z.strictObject({ kind: z.literal('groups') }),
  z.strictObject({
    kind: z.literal('change'),
    identity: OWNER_SCHEMA,
    details: PERSON_SCHEMA,
    revision: z.int(REVISION).min(1, REVISION).optional(),
  }),
  z.strictObject({
    kind: z.literal('change-all'),
    identities: z.array(OWNER_SCHEMA, PEOPLE).min(1, PEOPLE).max(MOST_AT_ONCE, PEOPLE),
    change,
  }),
  z.strictObject({ kind: z.literal('merge'), from: OWNER_SCHEMA, into: OWNER_SCHEMA, preview: flag }),
  z.strictObject({
    kind: z.literal('delete-finger'),
    identity: OWNER_SCHEMA,
    finger: z.strictObject({
      databaseId: z.guid('give the GUID of a database').transform((id) => id.toUpperCase()),
      subFactor: z.int('give a sub-factor').min(1).max(254),
    }),
  }),
  z.strictObject({
    kind: z.literal('set-picture'),
    identity: OWNER_SCHEMA,
    picture: z
      .instanceof(Uint8Array, { message: PICTURE })
      .refine((bytes) => bytes.length <= MOST_PICTURE && isPicture(bytes), PICTURE)
      .nullable(),
  }),
  z.strictObject({
    kind: z.literal('begin-import'),
    csv: z.string('give the text of a table').max(MOST_CSV, 'give at most 64 million characters'),
    preview: z.boolean('give true or false'),
    more: flag,
    id: importId.optional(),
  }),
  z.strictObject({
    kind: z.literal('import-piece'),
    id: importId,
    csv: z.string('give the text of a table').max(MOST_CSV, 'give at most 64 million characters'),
  }),
  z.strictObject({ kind: z.literal('import-part'), id: importId }),
  z.strictObject({ kind: z.literal('export'), query }),
]);
type Question = z.infer<typeof QUESTION>;

/** Makes the extension. */
export function peopleExtension(service: Service): Extension {
  const pieces = new ImportPieces();
  return async (body, principal) => {
    requireRight('people', principal);
    // A field that is given as undefined is not given.
    const question = checkedBy(QUESTION, body, 'people') as Given<Question>;
    const { people } = service;
    const { sid } = principal;
    switch (question.kind) {
      case 'create':
        return await people.create(question.details, sid);
      case 'get':
        return await people.get(question.identity);
      case 'list':
        return await people.list(question.query);
      case 'groups':
        return await people.groups();
      case 'change':
        return await people.change(question.identity, question.details, question.revision, sid);
      case 'change-all':
        return await people.changeAll(question.identities, question.change, sid);
      case 'belongings':
        return await people.belongings(question.identity);
      case 'delete':
        requireOver(principal, question.identity);
        return await people.delete(question.identity, sid);
      case 'merge':
        requireOver(principal, question.from, question.into);
        return await people.merge(question.from, question.into, question.preview === true, sid);
      case 'delete-finger':
        requireOver(principal, question.identity);
        return await people.deleteFinger(question.identity, question.finger, sid);
      case 'picture':
        return (await people.picture(question.identity)) ?? null;
      case 'set-picture':
        return await people.setPicture(question.identity, question.picture ?? undefined, sid);
      case 'begin-import': {
        const { csv, preview, more, id } = question;
        // `more` says that pieces follow, `id` that they came before.
        if (more === true) return { id: pieces.begin(csv, sid), total: 0 };
        return await people.beginImport(id === undefined ? csv : pieces.take(id, sid) + csv, preview, sid);
      }
      case 'import-piece':
        return pieces.add(question.id, question.csv, sid);
      case 'import-part':
        return await people.importPart(question.id, sid);
      case 'export':
        return await people.exportPart(question.query, sid);
      default:
        return question satisfies never;
    }
  };
}

/** Throws E_ACCESSDENIED where fingers of accounts come or go, unless the principal may change these. */
function requireOver(principal: Principal, ...identities: readonly OwnerIdentity[]): void {
  if (identities.some(({ type }) => type === 'sid')) requireRight('change-accounts', principal);
}

/** Fields that may be left out, as the service takes them. */
export type Given<T> = T extends Uint8Array | readonly unknown[]
  ? T
  : T extends object
    ? { [K in keyof T]: Given<Exclude<T[K], undefined>> }
    : T;

/** By its first bytes. */
function isPicture([first, second, third, fourth]: Uint8Array): boolean {
  if (first === 0xff && second === 0xd8 && third === 0xff) return true;
  return first === 0x89 && second === 0x50 && third === 0x4e && fourth === 0x47;
}
