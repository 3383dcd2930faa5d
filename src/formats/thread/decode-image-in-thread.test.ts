import { expect, test } from 'vitest';
import { sampleImage } from '../../../test/support/grey-images.ts';
import { decodeImage } from '../decode-image.ts';
import { encodePgm } from '../image/pgm.ts';
import { encodeJpeg } from '../jpeg/jpeg.ts';
import { encodeJpeg2000 } from '../jpeg-2000/jpeg-2000.ts';
import { decodeImageInThread } from './decode-image-in-thread.ts';

const image = sampleImage(60, 50);

test('decodes as the event loop would, and reports what it assumed', async () => {
  const [jpeg, jp2] = [encodeJpeg(image), encodeJpeg2000(image)];
  expect(await decodeImageInThread(jpeg)).toEqual(decodeImage(jpeg));
  expect(await decodeImageInThread(jp2)).toEqual(image);
  const assumed: unknown[] = [];
  const options = { unstatedPpi: 500, onAssumedResolution: (each: unknown) => assumed.push(each) };
  expect(await decodeImageInThread(encodePgm(image), options)).toEqual(image);
  expect(assumed).toEqual([{ resolutionPpi: 500 }]);
});

test('errors come with their codes', async () => {
  await expect(decodeImageInThread(new Uint8Array(50))).rejects.toMatchObject({ code: 'WHORL_E_UNSUPPORTED_FORMAT' });
  const wrong = decodeImageInThread(encodeJpeg(image), { deadline: 4 } as object);
  await expect(wrong).rejects.toThrow('did you mean deadlineMs?');
});

test('a signal and a deadline end the thread', async () => {
  const large = encodeJpeg2000(sampleImage(1500, 1500));
  const early = AbortSignal.abort('enough');
  await expect(decodeImageInThread(large, { signal: early })).rejects.toMatchObject({ code: 'WINBIO_E_CANCELED' });
  const soon = AbortSignal.timeout(20);
  await expect(decodeImageInThread(large, { signal: soon })).rejects.toMatchObject({ code: 'WINBIO_E_CANCELED' });
  await expect(decodeImageInThread(large, { deadlineMs: 20 })).rejects.toMatchObject({
    code: 'WHORL_E_LIMIT_EXCEEDED',
  });
});
