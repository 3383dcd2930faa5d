// What a program does with each entry, one printed line a step. Every runtime has to print the same.
import { extract, synthesizeFinger, synthesizeImpression, verify } from '@whorl/fingerprint';
import { decodeImage, encodePng } from '@whorl/fingerprint/formats';
import { connect } from 'whorl';
import * as winbio from 'whorl/winbio';

const finger = synthesizeFinger(7);
const features = (touch) => extract(decodeImage(encodePng(synthesizeImpression(finger, touch)))).features;
console.log('engine:', verify(features(1), features(2)).match);

const address = process.argv[2];
for (const options of [{ embedded: { state: 'memory' } }, ...(address === undefined ? [] : [{ address }])]) {
  const service = await connect(options);
  const reader = service.virtualReader();
  const session = await service.openSession();
  const touch = (impression) => reader.touch({ person: 1, finger: 'right-index', impression });
  const enrollment = await session.beginEnrollment({ finger: 'right-index' });
  for (let impression = 0, done = false; !done; impression++) {
    const capture = enrollment.capture();
    await touch(impression);
    done = (await capture).kind === 'sufficient';
  }
  console.log('enroll:', (await enrollment.commit()).kind);
  const identification = session.identify();
  await touch(100);
  console.log('identify:', (await identification).kind);
  const controller = new AbortController();
  const waiting = session.identify({ signal: controller.signal }).catch((fault) => fault.name);
  await service.units();
  controller.abort();
  console.log('cancel:', await waiting);
  await session.close();

  const { WinBioAsyncOpenSession, WinBioCloseSession } = winbio.bindWinBio(service);
  const closed = Promise.withResolvers();
  const notice = (result) => {
    console.log('notice:', result.Operation, winbio.SUCCEEDED(result.ApiStatus));
    if (result.Operation === winbio.WINBIO_OPERATION_OPEN) void WinBioCloseSession(result.SessionHandle);
    else closed.resolve();
  };
  // biome-ignore format: the ten arguments of the function, in its own order
  await WinBioAsyncOpenSession(winbio.WINBIO_TYPE_FINGERPRINT, winbio.WINBIO_POOL_SYSTEM, winbio.WINBIO_FLAG_DEFAULT, null, 0, winbio.WINBIO_DB_DEFAULT, winbio.WINBIO_ASYNC_NOTIFY_CALLBACK, null, 0, notice, null, true, winbio.out());
  await closed.promise;
  await service.close();
  console.log('closed');
}
