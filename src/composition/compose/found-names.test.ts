import { expect, test } from 'vitest';
import { FoundNames, type NameBook } from './found-names.ts';

const sensor = (deviceInstanceId: string, serialNumber = '') => ({ info: { deviceInstanceId, serialNumber } });

test('a reader with a serial number has its name at every port, others at theirs, and all of them after a restart', () => {
  let kept: ReadonlyMap<string, string> = new Map();
  const book: NameBook = {
    read: () => kept,
    write: (names) => {
      kept = new Map(names);
    },
  };
  const present = new Map([
    ['usb/1', 'goodixmoc'],
    ['usb/2', 'goodixmoc'],
    ['usb/3', 'elan'],
  ]);
  const names = new FoundNames(() => present, 'auto', book);
  expect(names.nameOf(sensor('usb/1', 'A1'))).toBe('goodixmoc');
  expect(names.nameOf(sensor('usb/2', 'B2'))).toBe('goodixmoc-2');
  expect(names.nameOf(sensor('usb/3', '0000'))).toBe('elan');
  expect(names.names).toEqual(['goodixmoc', 'goodixmoc-2', 'elan']);
  present.delete('usb/1');
  present.set('usb/7', 'goodixmoc');
  expect(names.nameOf(sensor('usb/7', 'A1'))).toBe('goodixmoc');
  // A twin with the same serial number, both plugged in.
  present.set('usb/8', 'goodixmoc');
  expect(names.nameOf(sensor('usb/8', 'B2'))).toBe('goodixmoc-3');
  // After a restart they come in another order.
  present.clear();
  for (const id of ['usb/2', 'usb/7']) present.set(id, 'goodixmoc');
  const later = new FoundNames(() => present, 'auto', book);
  expect(later.nameOf(sensor('usb/2', 'B2'))).toBe('goodixmoc-2');
  expect(later.nameOf(sensor('usb/7', 'A1'))).toBe('goodixmoc');
  // One that left keeps what it was called until it is gone.
  present.delete('usb/7');
  expect(later.nameOf(sensor('usb/7', 'A1'))).toBe('goodixmoc');
});
