import { expect, test } from 'vitest';
import { parseAddress, tlsFor } from './postgres-address.ts';

test('an address names hosts, user, password and database', () => {
  expect(parseAddress('postgres://who%40rl:p%3Aw@db1,db2:5433,[::1]:5434/na%2Fme?sslmode=verify-full')).toEqual({
    hosts: [
      { host: 'db1', port: 5432 },
      { host: 'db2', port: 5433 },
      { host: '::1', port: 5434 },
    ],
    user: 'who@rl',
    password: 'p:w',
    database: 'na/me',
    sslmode: 'verify-full',
    takesAny: false,
  });
  expect(parseAddress('postgresql:///whorl?host=/run/postgresql&target_session_attrs=any')).toMatchObject({
    hosts: [{ host: '/run/postgresql', port: 5432 }],
    database: 'whorl',
    takesAny: true,
  });
});

test.each([
  ['postgres://db1/whorl?sslmode=verify_full', /verify-full/],
  ['postgres://db1/whorl?sslmode=prefer', /sslmode prefer/],
  ['postgres://db1/whorl?sslrootcert=/ca', /parameter sslrootcert/],
  ['postgres://db1:0/whorl', /1 to 65535/],
  ['postgres://u:secret@db1:x/whorl', /no host/],
])('%s is refused', (url, words) => {
  expect(() => parseAddress(url)).toThrow(
    expect.objectContaining({ code: 'WHORL_E_CONFIGURATION', message: expect.stringMatching(words) }),
  );
  expect(() => parseAddress(url)).not.toThrow(/secret/);
});

test('TLS is verified unless the address says else, or the server is on this machine', () => {
  const tls = (url: string) => {
    const address = parseAddress(url);
    return tlsFor(address, address.hosts[0] ?? { host: '', port: 0 });
  };
  expect(tls('postgres://db1/whorl')).toEqual({ servername: 'db1' });
  expect(tls('postgres://10.1.1.1/whorl')).toEqual({ host: '10.1.1.1' });
  expect(tls('postgres://localhost/whorl')).toBe(false);
  expect(tls('postgres://localhost/whorl?sslmode=verify-full')).toEqual({ servername: 'localhost' });
  expect(tls('postgres://db1/whorl?sslmode=disable')).toBe(false);
  expect(tls('postgres://db1/whorl?sslmode=require')).toEqual({ servername: 'db1', rejectUnauthorized: false });
});
