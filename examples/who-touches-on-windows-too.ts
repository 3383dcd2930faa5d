// Who touches the reader? The same functions here and, with the argument `system`, on the readers of Windows.
import { connect, formatHresult } from 'whorl';
import * as w from 'whorl/winbio/system';

const service = process.argv[2] === 'system' ? undefined : await connect({ embedded: { state: 'memory' } });
const winbio = service === undefined ? await w.systemWinBio() : w.bindWinBio(service);

const [units, count] = [w.out<w.WINBIO_UNIT_SCHEMA[] | null>(null), w.out(0)];
let hr = await winbio.WinBioEnumBiometricUnits(w.WINBIO_TYPE_FINGERPRINT, units, count);
if (w.FAILED(hr)) throw new Error(`WinBioEnumBiometricUnits failed. hr = ${formatHresult(hr)}`);
console.log(count.value === 1 ? '1 reader' : `${count.value} readers`);
if (units.value !== null) winbio.WinBioFree(units.value);

const session = w.out(0);
hr = await winbio.WinBioOpenSession(
  w.WINBIO_TYPE_FINGERPRINT, // Service provider
  w.WINBIO_POOL_SYSTEM, // Pool type
  w.WINBIO_FLAG_DEFAULT, // Flags
  null, // Array of biometric unit IDs
  0, // Count of biometric unit IDs
  w.WINBIO_DB_DEFAULT, // Default database
  session, // [out] Session handle
);
if (w.FAILED(hr)) throw new Error(`WinBioOpenSession failed. hr = ${formatHresult(hr)}`);

console.log('Touch the reader ...');
const [unit, identity, subFactor, rejectDetail] = [w.out(0), w.out<w.WINBIO_IDENTITY>(), w.out(0), w.out(0)];
const identifying = winbio.WinBioIdentify(session.value, unit, identity, subFactor, rejectDetail);
await service?.virtualReader().touch({ person: 1, finger: 'right-index' });
hr = await identifying;
const owner = w.fromWinbioIdentity(identity.value);
if (hr === w.S_OK && owner?.type === 'sid') console.log(`finger ${subFactor.value} of ${owner.sid}`);
else if (hr === w.WINBIO_E_UNKNOWN_ID) console.log('nobody we know');
else console.log(`WinBioIdentify failed. hr = ${formatHresult(hr)}, reject detail ${rejectDetail.value}`);

await winbio.WinBioCloseSession(session.value);
console.log(`everything is freed: ${winbio.liveBlocks() === 0}`);
await service?.close();
