/** The SID of a service, which is also that of its virtual account `NT SERVICE\name`. */

import { createHash } from 'node:crypto';

/** The authority of services, NT SERVICE. https://learn.microsoft.com/windows/win32/secauthz/well-known-sids */
const SERVICES = 'S-1-5-80';

/** SHA-1 of the name in capitals, as five numbers: what `sc.exe showsid` prints, whether or not the service is there. */
export function serviceSid(name: string): string {
  const digest = createHash('sha1').update(Buffer.from(name.toUpperCase(), 'utf16le')).digest();
  const parts = Array.from({ length: 5 }, (_, i) => digest.readUInt32LE(4 * i));
  return [SERVICES, ...parts].join('-');
}
