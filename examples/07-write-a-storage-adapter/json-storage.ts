/** A storage that keeps each database in one JSON file, rewritten at every change. For small galleries. */

import { existsSync } from 'node:fs';
import { open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  BiometricError,
  type DatabaseDescriptor,
  defineAdapter,
  type OwnerIdentity,
  type RecordId,
  type RecordName,
  StorageAdapterBase,
  type StoredRecord,
  type SubjectSelector,
  TemplateDatabaseBase,
  WINBIO_DATABASE_TYPE_FILE,
} from 'whorl/adapters';

type Content = Required<Pick<DatabaseDescriptor, 'databaseId' | 'factor' | 'templateFormat' | 'indexLength'>> & {
  readonly version: 1;
  readonly lastRecordId: number;
  readonly records: readonly StoredRecord[];
};

/** One file, shared by all openings of its database; changes are made one at a time. */
class JsonFile {
  #last: Promise<unknown> = Promise.resolve();
  readonly #path: string;
  content: Content;

  constructor(path: string, content: Content) {
    this.#path = path;
    this.content = content;
  }

  static async read(path: string): Promise<Content> {
    const revive = (key: string, value: unknown) =>
      key === 'template' || key === 'payload' ? new Uint8Array(Buffer.from(String(value), 'base64')) : value;
    try {
      const content = JSON.parse(await readFile(path, 'utf8'), revive) as Content;
      if (content.version > 1) throw new BiometricError('WHORL_E_NEWER_FORMAT');
      return content;
    } catch (cause) {
      if (cause instanceof BiometricError) throw cause;
      throw new BiometricError('WINBIO_E_DATABASE_CORRUPTED', undefined, { cause });
    }
  }

  /** Makes a change and writes it: on disk when the promise resolves, undone when it rejects. */
  change<T>(decide: (content: Content) => readonly [Content, T]): Promise<T> {
    const run = this.#last.then(async () => {
      const [content, result] = decide(this.content);
      if (content !== this.content) await this.#write(content);
      this.content = content;
      return result;
    });
    this.#last = run.catch(() => undefined);
    return run;
  }

  async #write(content: Content): Promise<void> {
    const encode = (_key: string, value: unknown) =>
      value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value;
    const file = await open(`${this.#path}.new`, 'w', 0o600);
    try {
      await file.writeFile(JSON.stringify(content, encode));
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(`${this.#path}.new`, this.#path);
  }
}

class JsonDatabase extends TemplateDatabaseBase {
  readonly #file: JsonFile;

  constructor(descriptor: DatabaseDescriptor, file: JsonFile) {
    super(descriptor);
    this.#file = file;
  }

  protected override _add({ searchCodes: _, ...record }: Omit<StoredRecord, 'recordId'>): Promise<RecordId> {
    const { recordLimit = Infinity } = this.descriptor;
    const { identity, subFactor } = record;
    // Search codes may be left out. The bytes belong to the caller, so they are copied before the first await.
    const own = { ...record, template: record.template.slice(), payload: record.payload.slice() };
    return this.#file.change((content) => {
      const { records } = content;
      if (records.some(selectedBy({ identity, subFactor }))) throw new BiometricError('WINBIO_E_DUPLICATE_ENROLLMENT');
      if (records.length >= recordLimit) throw new BiometricError('WINBIO_E_DATABASE_FULL');
      const recordId = content.lastRecordId + 1;
      return [{ ...content, lastRecordId: recordId, records: [...records, { ...own, recordId }] }, recordId];
    });
  }

  protected override _replace({ recordId }: RecordName, bytes: Uint8Array): Promise<void> {
    const template = bytes.slice();
    return this.#file.change((content) => {
      if (!content.records.some((record) => record.recordId === recordId)) {
        throw new BiometricError('WINBIO_E_DATABASE_NO_SUCH_RECORD');
      }
      const replace = (record: StoredRecord) => (record.recordId === recordId ? { ...record, template } : record);
      return [{ ...content, records: content.records.map(replace) }, undefined];
    });
  }

  protected override _delete(selector: SubjectSelector): Promise<readonly RecordId[]> {
    return this.#file.change((content) => {
      const isGone = selectedBy(selector);
      const gone = content.records.filter(isGone).map(({ recordId }) => recordId);
      const records = content.records.filter((record) => !isGone(record));
      return [gone.length === 0 ? content : { ...content, records }, gone];
    });
  }

  protected override async *_query(selector: SubjectSelector): AsyncGenerator<readonly StoredRecord[]> {
    const found = this.#file.content.records.filter(selectedBy(selector));
    for (let start = 0; start < found.length; start += 100) {
      if (this.isClosed) throw new BiometricError('WINBIO_E_INVALID_DEVICE_STATE');
      yield found.slice(start, start + 100).map((record) => structuredClone(record));
    }
  }

  protected override async _count(): Promise<number> {
    return this.#file.content.records.length;
  }

  protected override async _close(): Promise<void> {}
}

class JsonStorage extends StorageAdapterBase {
  readonly info = { attributes: WINBIO_DATABASE_TYPE_FILE, durable: true };
  readonly #folder: string | undefined;
  readonly #files = new Map<string, Promise<JsonFile>>();

  constructor(folder: string | undefined) {
    super();
    this.#folder = folder;
  }

  protected override async _open(wanted: DatabaseDescriptor, { create }: { readonly create: boolean }) {
    const path = this.#pathOf(wanted);
    if (!create && !existsSync(path)) throw new BiometricError('WINBIO_E_DATABASE_CANT_FIND');
    let file = this.#files.get(path);
    if (file === undefined) {
      file = existsSync(path) ? JsonFile.read(path).then((content) => new JsonFile(path, content)) : make(path, wanted);
      this.#files.set(path, file);
      file.catch(() => this.#files.delete(path));
    }
    const opened = await file;
    checkSame(opened.content, wanted);
    return new JsonDatabase({ ...wanted, indexLength: opened.content.indexLength }, opened);
  }

  protected override async _erase(descriptor: DatabaseDescriptor): Promise<void> {
    const path = this.#pathOf(descriptor);
    if (!existsSync(path)) throw new BiometricError('WINBIO_E_DATABASE_CANT_FIND');
    checkSame(await JsonFile.read(path), descriptor);
    this.#files.delete(path);
    await rm(path);
  }

  /** A configured storage gets no path from the service; its options say where files are. */
  #pathOf({ path, databaseId }: DatabaseDescriptor): string {
    if (path) return path;
    if (this.#folder !== undefined) return join(this.#folder, `${databaseId}.json`);
    throw new BiometricError('E_INVALIDARG', 'a file database needs a path, or the storage a folder');
  }
}

async function make(path: string, { databaseId, factor, templateFormat, indexLength = 0 }: DatabaseDescriptor) {
  const file = new JsonFile(path, {
    version: 1,
    databaseId,
    factor,
    templateFormat,
    indexLength,
    lastRecordId: 0,
    records: [],
  });
  await file.change((content) => [{ ...content }, undefined]);
  return file;
}

function checkSame(content: Content, wanted: DatabaseDescriptor): void {
  const same = (['databaseId', 'factor', 'templateFormat'] as const).every((key) => content[key] === wanted[key]);
  if (!same) throw new BiometricError('WINBIO_E_DATABASE_CORRUPTED', 'the file is another database');
}

function selectedBy({ identity, subFactor }: SubjectSelector): (record: StoredRecord) => boolean {
  const key = identity && keyOf(identity);
  return (record) =>
    (key === undefined || keyOf(record.identity) === key) &&
    (subFactor === undefined || record.subFactor === subFactor);
}

function keyOf(identity: OwnerIdentity): string {
  return identity.type === 'sid' ? identity.sid : identity.guid.toUpperCase();
}

export const adapter = defineAdapter({
  kind: 'storage',
  name: 'json-storage',
  version: '1.0.0',
  contract: '1.0',
  capabilities: ['durability', 'replacement'],
  create({ folder }) {
    if (folder !== undefined && typeof folder !== 'string') {
      throw new BiometricError('WHORL_E_CONFIGURATION', 'folder: give the path of a folder');
    }
    return new JsonStorage(folder);
  },
});
