/** What a program gets as bytes is read as the structures a C program casts them to. */

import { expect, test } from 'vitest';
import { createHost } from '../../src/exports/whorl/testkit.ts';
import * as w from '../../src/exports/whorl/winbio.ts';
import { openSync } from '../support/sessions.ts';

const UNIT = w.WINBIO_PROPERTY_TYPE_UNIT;

test('every property of a unit', async () => {
  await using host = await createHost();
  const process = host.process({ administrator: true });
  const handle = await openSync(host, process);
  const bytesOf = async (id: number, unit: number) => {
    const buffer = w.out<Uint8Array | null>(null);
    expect(await process.winbio.WinBioGetProperty(handle, UNIT, id, unit, null, 0, buffer, w.out(0))).toBe(w.S_OK);
    return buffer.value ?? new Uint8Array();
  };
  const value = async <I extends keyof w.PropertyValues[typeof UNIT]>(id: I, unit = 1) =>
    w.decodeProperty(UNIT, id, await bytesOf(id, unit));
  const engine = await value(w.WINBIO_PROPERTY_EXTENDED_ENGINE_INFO);
  const { EnrollmentRequirements: needs } = engine.Specific.Fingerprint ?? {};
  expect(needs?.GeneralSamples).toBe(await value(w.WINBIO_PROPERTY_SAMPLE_HINT));
  expect(await value(w.WINBIO_PROPERTY_EXTENDED_SENSOR_INFO)).toMatchObject({
    Factor: w.WINBIO_TYPE_FINGERPRINT,
    Specific: { Fingerprint: { Reserved: 0 } },
  });
  expect(await value(w.WINBIO_PROPERTY_EXTENDED_STORAGE_INFO)).toEqual({
    GenericStorageCapabilities: 0,
    Factor: w.WINBIO_TYPE_FINGERPRINT,
    Specific: { Fingerprint: { Capabilities: 0 } },
  });
  expect(await value(w.WINBIO_PROPERTY_EXTENDED_ENROLLMENT_STATUS)).toMatchObject({
    TemplateStatus: w.WINBIO_E_INVALID_OPERATION,
    Specific: { Fingerprint: needs },
  });
  expect(await value(w.WINBIO_PROPERTY_EXTENDED_UNIT_STATUS)).toEqual({
    Availability: w.WINBIO_SENSOR_READY,
    ReasonCode: 0,
  });
  expect(await value(w.WINBIO_PROPERTY_UNIT_SECURITY_LEVEL)).toBe(w.WINBIO_UNIT_SECURITY_LEVEL_NORMAL);
  expect(await value(w.WINBIO_PROPERTY_FP_IS_IMPROVING)).toBe(false);
  expect(await value(w.WINBIO_PROPERTY_FP_BU_STATE, 0)).toEqual({ SensorAttached: true, CreationResult: w.S_OK });
});

test('a captured sample, its headers, and its picture', async () => {
  await using host = await createHost();
  const process = host.process({ administrator: true });
  const handle = await openSync(host, process, { flags: w.WINBIO_FLAG_RAW });
  const sample = w.out<Uint8Array | null>(null);
  const call = process.winbio.WinBioCaptureSample(
    handle,
    w.WINBIO_PURPOSE_VERIFY,
    w.WINBIO_DATA_FLAG_RAW,
    w.out(0),
    sample,
    w.out(0),
    w.out(0),
  );
  await host.touch(4711);
  expect(await call).toBe(w.S_OK);
  const bytes = sample.value ?? new Uint8Array();
  const { Bir, Header, StandardData, VendorData, Signature } = w.readBir(bytes);
  expect(Bir).toEqual({
    HeaderBlock: { Offset: 32, Size: 48 },
    StandardDataBlock: { Offset: 80, Size: StandardData?.length },
    VendorDataBlock: { Offset: 0, Size: 0 },
    SignatureBlock: { Offset: 0, Size: 0 },
  });
  expect([VendorData, Signature]).toEqual([null, null]);
  expect(Header).toMatchObject({
    HeaderVersion: w.WINBIO_CBEFF_HEADER_VERSION,
    Type: w.WINBIO_TYPE_FINGERPRINT,
    BiometricDataFormat: { Owner: w.WINBIO_ANSI_381_FORMAT_OWNER, Type: w.WINBIO_ANSI_381_FORMAT_TYPE },
  });
  const block = StandardData ?? new Uint8Array();
  const ansi = w.readAnsi381(block);
  expect(ansi.Header).toMatchObject({ FormatIdentifier: 0x46495200, PixelDepth: 8, ElementCount: 1 });
  const picture = w.decodeFingerprintSample(bytes);
  expect(ansi.Records[0]?.Record).toMatchObject({
    HorizontalLineLength: picture.widthPx,
    VerticalLineLength: picture.heightPx,
  });
  expect(ansi.Records[0]?.Image).toEqual(picture.pixels);
  // What was read stays after the block is freed.
  expect(process.winbio.WinBioFree(sample.value)).toBe(w.S_OK);
  expect([block.some((byte) => byte !== 0), bytes.every((byte) => byte === 0)]).toEqual([true, true]);
  expect(() => w.readBir(bytes)).toThrow(expect.objectContaining({ code: 'WHORL_E_MALFORMED' }));
  for (const cut of [10, 45, block.length - 1]) {
    expect(() => w.readAnsi381(block.subarray(0, cut))).toThrow(expect.objectContaining({ code: 'WHORL_E_MALFORMED' }));
  }
});
