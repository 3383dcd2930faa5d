/** The reference page of the configuration, and its JSON Schema, from the schema that checks it. */

import { z } from 'zod';
import { SERVICE_SCHEMA } from '../../src/composition/configuration/schema/service-schema.ts';
import { DAEMON_SCHEMA } from '../../src/daemon/configuration/daemon-schema.ts';

/** The part of JSON Schema that ours uses. */
interface Schema {
  readonly type?: string;
  readonly description?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly required?: readonly string[];
}

export const SCHEMA_FILE = 'docs/whorl.config.schema.json';

/** The JSON Schema of `whorl.config.json`. */
export function configurationSchema(): string {
  const schema = z.toJSONSchema(DAEMON_SCHEMA, { io: 'input' });
  return `${JSON.stringify({ title: 'Configuration of a Whorl service', ...schema }, null, 2)}\n`;
}

/** One row per key. */
export function configurationPage(): string {
  const daemon = z.toJSONSchema(DAEMON_SCHEMA, { io: 'input' }) as Schema;
  const { application } = (z.toJSONSchema(SERVICE_SCHEMA, { io: 'input' }) as Schema).properties ?? {};
  return `# Configuration

Generated from the schemas that check every configuration: \`src/composition/configuration/schema\` and
\`src/daemon/configuration/daemon-schema.ts\`. \`whorl serve\` reads \`whorl.config.json\` of the
working directory, or the file that \`--config\` names; without one everything is as by default. \`whorl config check\` names each
field that is wrong, with the remedy. Editors complete it with [whorl.config.schema.json](whorl.config.schema.json):

\`\`\`json
{ "$schema": "node_modules/@whorl/daemon/whorl.config.schema.json" }
\`\`\`

| Key | Value | Meaning |
|---|---|---|
${rows(daemon, '').join('\n')}

\`connect({ embedded: { ... } })\` takes the same keys but \`socket\`, \`access\`, \`log\` and \`http\`, and:

| Key | Value | Meaning |
|---|---|---|
${rows({ properties: { application: application ?? {} } }, '').join('\n')}
`;
}

function rows(schema: Schema, prefix: string): string[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, of]) => {
    if (of.const !== undefined) return [];
    const key = `${prefix}${name}`;
    const needed = schema.required?.includes(name) && prefix !== '' ? ' (needed)' : '';
    return [`| \`${key}\` | ${describeValue(of)}${needed} | ${of.description ?? ''} |`, ...parts(of, key)];
  });
}

/** Rows of the keys inside a value. */
function parts(schema: Schema, key: string): string[] {
  if (schema.items !== undefined) return parts(schema.items, `${key}[]`);
  const kinds = schema.oneOf ?? schema.anyOf;
  if (kinds === undefined) return rows(schema, `${key}.`);
  return kinds.flatMap((kind) => {
    const { kind: named } = kind.properties ?? {};
    if (named?.const === undefined) return rows(kind, `${key}.`);
    return [`| \`${key}.kind\` | \`"${named.const}"\` | ${kind.description ?? ''} |`, ...rows(kind, `${key}.`)];
  });
}

function describeValue(schema: Schema): string {
  const kinds = schema.oneOf ?? schema.anyOf;
  if (kinds !== undefined) return [...new Set(kinds.map(describeValue))].join(' or ');
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``;
  if (schema.enum !== undefined) return schema.enum.map((value) => `\`${JSON.stringify(value)}\``).join(', ');
  if (schema.type === 'array') return `list of ${describeValue(schema.items ?? {})}`;
  if (schema.type === 'object') return 'object';
  if (schema.type === 'boolean') return 'true or false';
  if (schema.minimum !== undefined && (schema.maximum ?? 1e9) < 1e9) return `${schema.minimum} to ${schema.maximum}`;
  return schema.type ?? 'anything';
}
