import { describe, expect, test } from 'vitest';
import { MemoryStorageAdapter } from '../storage/memory/memory-storage-adapter.ts';
import { ADAPTER_CONTRACT, type AdapterModuleOf, adapterOfModule, defineAdapter } from './adapter-module.ts';

const definition: AdapterModuleOf<'storage'> = {
  kind: 'storage',
  name: 'acme-storage',
  version: '2.1.0',
  contract: '1.0',
  capabilities: ['durability'],
  create: () => new MemoryStorageAdapter(),
};
const refused = (field: string) =>
  expect.objectContaining({ code: 'WHORL_E_CONFIGURATION', message: expect.stringContaining(field) });

describe('an adapter module', () => {
  test('A-001: an adapter is found through the export named adapter, and no other', () => {
    const adapter = defineAdapter(definition);
    expect(adapterOfModule({ adapter }, 'storage')).toBe(adapter);
    for (const name of ['default', 'Adapter', 'storage']) {
      expect(() => adapterOfModule({ [name]: adapter }, 'storage')).toThrow(refused("no export named 'adapter'"));
    }
    for (const loaded of [undefined, null, 7])
      expect(() => adapterOfModule(loaded, 'storage')).toThrow(refused('export'));
  });

  test('A-002: the definition is the same at every look, and cannot be changed', () => {
    const loaded = { adapter: defineAdapter(definition) };
    expect(adapterOfModule(loaded, 'storage')).toBe(adapterOfModule(loaded, 'storage'));
    expect(Object.isFrozen(loaded.adapter) && Object.isFrozen(loaded.adapter.capabilities)).toBe(true);
  });

  test('A-003: an adapter of another kind is a fault of the configuration', () => {
    const loaded = { adapter: definition };
    expect(() => adapterOfModule(loaded, 'sensor')).toThrow(refused('a storage adapter, wanted is a sensor adapter'));
    expect(() => adapterOfModule(loaded, 'engine')).toThrow(refused('engine'));
  });

  test('A-004: an adapter of a later major version is refused, of this or an earlier one not', () => {
    for (let major = 1; major <= ADAPTER_CONTRACT.major; major++) {
      const adapter = { ...definition, contract: `${major}.0` };
      expect(adapterOfModule({ adapter }, 'storage')).toBe(adapter);
    }
    const later = { ...definition, contract: `${ADAPTER_CONTRACT.major + 1}.0` };
    expect(() => adapterOfModule({ adapter: later }, 'storage')).toThrow(refused('contract'));
  });

  test('A-005: the minor version never decides, and a later one may have more capabilities', () => {
    const more = ['durability', 'something-new'] as unknown as AdapterModuleOf<'storage'>['capabilities'];
    for (const minor of [0, 1, 9999]) {
      expect(defineAdapter({ ...definition, contract: `1.${minor}` }).contract).toBe(`1.${minor}`);
    }
    expect(defineAdapter({ ...definition, contract: '1.1', capabilities: more }).capabilities).toEqual(more);
    expect(() => defineAdapter({ ...definition, capabilities: more })).toThrow(refused('capabilities'));
  });

  test.each([
    ['kind', { kind: 'camera' }],
    ['kind', { kind: 'toString' }],
    ['name', { name: 'Acme Storage' }],
    ['version', { version: '' }],
    ['contract', { contract: '1' }],
    ['contract', { contract: '0.1' }],
    ['capabilities', { capabilities: undefined }],
    ['create', { create: undefined }],
  ])('a wrong %s is named', (field, wrong) => {
    expect(() => defineAdapter({ ...definition, ...wrong } as typeof definition)).toThrow(refused(field));
  });
});
