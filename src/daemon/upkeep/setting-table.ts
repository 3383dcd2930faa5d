/** What can be set, read from the schema of the configuration: one row for each field that holds a value. */

import { z } from 'zod';
import type { Setting } from '../../core/setting.ts';
import { DAEMON_SCHEMA } from '../configuration/daemon-schema.ts';

/** A field, without its value. */
export type SettingRow = Pick<Setting, 'key' | 'kind' | 'description' | 'choices' | 'least' | 'most'>;

/** A JSON Schema, as far as it is looked at. */
interface Schema {
  readonly type?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly items?: Schema;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** Fields that name programs, keys or places of files: who may change them may do anything, so they are changed in the file. */
const FILE_ONLY = /^(keys|anchor|engine|databases|doors|state|socket|http\.tls|\$schema)(\.|$)/;

/** True for a field that is changed in the file alone. */
export function isFileOnly(key: string): boolean {
  return FILE_ONLY.test(key);
}

/** All fields, in the order of the schema. */
export function settingRows(): readonly SettingRow[] {
  const schema = z.toJSONSchema(DAEMON_SCHEMA, { io: 'input' }) as Schema;
  return rowsOf('', schema).filter(({ key }) => key !== '$schema');
}

function rowsOf(key: string, schema: Schema): readonly SettingRow[] {
  const variants = schema.anyOf ?? schema.oneOf ?? [schema];
  const [object] = variants.filter(({ properties }) => properties !== undefined);
  // Of several objects, which one it is matters: it is set as a whole.
  if (object?.properties !== undefined && variants.filter(({ properties }) => properties !== undefined).length === 1) {
    return Object.entries(object.properties).flatMap(([name, field]) =>
      rowsOf(key === '' ? name : `${key}.${name}`, field),
    );
  }
  return [{ key, description: schema.description ?? '', ...shapeOf(schema) }];
}

function shapeOf(schema: Schema): Omit<SettingRow, 'key' | 'description'> {
  const { type, enum: values, items, minimum, maximum } = schema;
  if (values !== undefined) return { kind: 'choice', choices: values.map(String) };
  if (type === 'boolean') return { kind: 'flag' };
  if (type === 'string') return { kind: 'text' };
  if (type === 'integer' || type === 'number') {
    return {
      kind: 'number',
      ...(minimum !== undefined && { least: minimum }),
      ...(maximum !== undefined && { most: maximum }),
    };
  }
  return { kind: type === 'array' && items?.type === 'string' && items.enum === undefined ? 'texts' : 'json' };
}
