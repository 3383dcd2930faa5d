/** The page of readers: which work, and how to set one up. */

import { DEFAULT_PPI, DRIVERS } from '../../src/drivers/libfprint/driver-settings.ts';
import { LIBFPRINT_USB_IDS } from './libfprint-usb-ids.ts';

/** Drivers whose recordings of real readers the tests play, to the byte. */
const RECORDED = new Set([
  'aes2501',
  'aes3500',
  'elan',
  'elanmoc',
  'elanspi',
  'goodixmoc',
  'nb1010',
  'synaptics',
  'upektc_img',
  'uru4000',
  'vfs0050',
  'vfs7552',
]);
/** Drivers that libfprint's own tests cover with recordings which this project does not play. */
const REPORTED = new Set(['egis0570', 'fpcmoc', 'vfs301', 'vfs5011']);

export function readersPage(): string {
  const rows = Object.entries(DRIVERS).map(([driver, { family, kind, ppi = DEFAULT_PPI }]) =>
    [
      family,
      `\`${driver}\``,
      LIBFPRINT_USB_IDS[driver] ?? '',
      kind === 'picture' ? 'picture' : 'matches on its chip',
      kind === 'picture' ? String(ppi) : '',
      stateOf(driver),
    ].join(' | '),
  );
  return `# Readers

Whorl drives readers on USB and SPI through [libfprint](https://fprint.freedesktop.org) 2, which it loads from the system: nothing is
compiled. Each reader has a process of its own, so that a fault of a driver ends that process and nothing else; the next one
starts while the finger is still waited for.

\`\`\`sh
apt install libfprint-2-2
npm install koffi            # comes with @whorl/daemon, where optional packages are installed
whorl readers                # what is plugged in, and what of it works
whorl readers test --out picture.png
whorl serve                  # every reader it finds is a unit
\`\`\`

A service that was started without a configuration attaches every reader that libfprint finds, under the name of its driver:
\`uru4000\`, \`goodixmoc\`, \`uru4000-2\`. Readers may come and go. Only where none is plugged in when it starts, a virtual reader
stands in; its description and the log say so, and the first real reader takes its place. In \`whorl.config.json\` that is
\`"readers": "auto"\`; a list names readers one by one:

\`\`\`json
{ "readers": [{ "kind": "libfprint", "name": "front door", "driver": "uru4000", "device": "05ba:000a", "ppi": 512 }] }
\`\`\`

| Field | |
|---|---|
| \`driver\` | driver of libfprint, as \`whorl readers\` prints it |
| \`device\` | serial number, device path or USB id |
| \`ppi\` | pixels per inch, where the table below is wrong for a model: libfprint states none |

## Which work

\`recorded\`: traffic of a real reader is played in the tests, and its picture, or what its chip was asked, is right to the byte.
\`emulated\`: a driver of libfprint that emulates a reader is used in the tests. \`reported\`: libfprint tests the driver with a recording.
\`untested\`: libfprint has the driver. Of each vendor, the products that libfprint 1.94.5 knows; the installed version may know more.
The kind and the resolution are those of the family; what a reader can do, its own driver says.

| Readers | Driver | USB ids | Kind | ppi | State |
|---|---|---|---|---|---|
${rows.map((row) => `| ${row} |`).join('\n')}

A reader that matches on its chip is sensor, engine and storage in one: its fingers are enrolled there, stay there, and are found
there ([ADR 20](adr/0020-a-unit-may-be-one-device.md)). \`whorl reconcile\` brings its prints and the records together.

Modules on serial lines are not in this table: they need a port in the configuration
([serial modules](guides/serial-modules.md)). ZFM-20, ZFM-60, R305, R307, AS608, FPM10A, R503 and GT-511C3 are \`emulated\`: tested
against emulators, not yet against a real one.

## Who may use a reader

Device files of USB readers belong to root. On Debian, for a service that runs as the user \`whorl\`:

\`\`\`sh
groupadd --system whorl; usermod --append --groups whorl whorl
whorl readers udev > /etc/udev/rules.d/70-whorl-readers.rules
udevadm control --reload; udevadm trigger
\`\`\`

The rules come from libfprint's own table, as it is installed. \`whorl doctor\` says for each reader whether it works, needs this,
has no free driver, or is with fprintd.

**fprintd.** Both may be installed. fprintd holds a reader while a program verifies or enrolls with it, Whorl while it waits for a
finger; pictures are taken with the reader opened for each wait. A desktop whose lock screen asks fprintd all the time keeps the
reader: \`systemctl mask --now fprintd\` leaves it to Whorl. Or Whorl answers the desktop itself, in fprintd's place ([guides/desktop-login.md](guides/desktop-login.md)).

## A reader that stays with fprintd

Where logins and lock screens must keep the reader, Whorl goes through fprintd and shares it with them:

\`\`\`json
{ "readers": [{ "kind": "fprintd", "name": "desk" }] }
\`\`\`

\`device\` is the reader's name or object path, as \`fprintd-list\` prints them, where fprintd has several; the first one is the
default. Whorl claims the reader while an operation runs and releases it afterwards. While a lock screen waits for a finger, the
operation ends with \`WINBIO_E_DEVICE_BUSY\`; a lock screen that finds the reader claimed by Whorl asks for the password.

| What | With fprintd |
|---|---|
| enroll, verify, delete, cancel | yes; a reader that can search refuses a finger that anybody has enrolled |
| identify | no: fprintd compares with the fingers of one user, so whose finger is expected has to be named; refused with \`WINBIO_E_UNSUPPORTED_PURPOSE\` |
| one person, any finger | no: fprintd compares with the finger that is named |
| \`whorl reconcile\` | no: fprintd does not say whose fingers it keeps |
| pictures | no |

A reader of fprintd that has waited for a finger for three minutes is given a rest of three and a half by libfprint, and answers
\`WINBIO_E_DEVICE_BUSY\` as long: let an application wait with a deadline (\`AbortSignal.timeout\`).

Each print has a user name of its own at fprintd, such as \`w-1f0c…\`: fingers enrolled here and those of accounts are apart. A service
that does not run as root needs the permission of polkit, \`/etc/polkit-1/rules.d/50-whorl.rules\`:

\`\`\`js
polkit.addRule((action, subject) => {
  if (action.id.startsWith('net.reactivated.fprint.device.') && subject.user === 'whorl') return polkit.Result.YES;
});
\`\`\`

The other way round, Whorl in fprintd's place, is [\`whorl serve --fprintd\`](commands.md): logins then use Whorl's fingers.

## Readers of Windows

On Windows, a reader belongs to the Windows Biometric Service. Whorl reaches it through \`winbio.dll\`, with the package koffi:

\`\`\`json
{ "readers": [{ "kind": "winbio", "name": "desk", "databaseId": "6F3A1C52-8B0D-4E7F-9A61-2C4D5E6F7081" }] }
\`\`\`

| Field | |
|---|---|
| \`unit\` | device instance id or description of the reader; default: every fingerprint reader of Windows |
| \`pool\` | \`private\` or \`system\`, as below; default: \`private\` |
| \`databaseId\` | GUID of the database of a private pool |
| \`picture\` | whether the reader hands out raw pictures; needs an administrator; default: false |
| \`library\` | path of another library with the functions of winbio.dll |

| | \`private\` | \`system\` |
|---|---|---|
| for | a service with many people | one person's own machine |
| the reader | is the service's alone while it runs; Windows Hello does without | is shared with Windows Hello |
| prints | each has an identity of its own, a GUID | are those of the account that the service runs as: one a finger |
| a touch comes to | the service | the program in front; to a service only as Local System |
| needs | an administrator; a database that is registered, for the reader, too | nothing |

Enroll, verify, identify, delete, cancel and refusing duplicates work in both. Windows names no identities, so \`whorl reconcile\` cannot
ask a private pool what it holds. A database is registered once, under
\`HKLM\\SYSTEM\\CurrentControlSet\\Services\\WbioSrvc\\Databases\`, and each reader has a configuration that names it:
Microsoft's reference describes both under "Private Sensor Pool". Without them a reader is refused with
\`WINBIO_E_DATABASE_CANT_FIND\` or \`WINBIO_E_CONFIGURATION_FAILURE\`. Under enhanced sign-in security, Windows keeps a reader to itself.

Codes of Windows pass through unchanged. Tested against a library of the project's own that behaves as winbio.dll is documented to,
on Linux; not yet tried with a real reader.

## Containers

**Docker.** \`docker run --device /dev/bus/usb/001/004 --volume /run/udev:/run/udev:ro\` hands one reader to a container; the number changes
when it is plugged in again. For readers that come and go: \`--volume /dev/bus/usb:/dev/bus/usb --device-cgroup-rule 'c 189:* rmw'\`.
The image needs \`libfprint-2-2\` ([docker.md](guides/docker.md)).

## What to know

- libfprint ends a wait after three minutes, to protect readers from heat it computes. Whorl starts a new process before that, and
  nobody notices. Chips that may wait for ever are left alone.
- A picture reader is closed soon after each picture, the U.are.U at once: its light goes out, and other programs get it.
- Before the machine sleeps, waits at picture readers end as canceled; chips that can wait through a sleep do.
- A reader that does not answer is reset on the bus when its unit is reset, and its process started again.
- libfprint tells why a touch was of no use in few words: too short, not centred, lift the finger, try again. The second and third are
  reported as \`WINBIO_FP_POOR_QUALITY\`.
`;
}

function stateOf(driver: string): string {
  if (RECORDED.has(driver)) return 'recorded';
  if (driver.startsWith('virtual')) return driver === 'virtual_device' ? 'untested' : 'emulated';
  return REPORTED.has(driver) ? 'reported' : 'untested';
}
