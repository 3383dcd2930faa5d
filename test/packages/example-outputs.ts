/** What examples print, on every system. */

/** What each example prints, line by line. */
export const EXAMPLE_OUTPUTS: Readonly<Record<string, readonly string[]>> = {
  '01-verify.ts': ['alice: match', 'bob: non-match'],
  '02-enroll-with-feedback.ts': ['33 %', 'not used: Show more of the finger.', '66 %', '100 %', 'stored'],
  '03-identify.ts': ['Mary', 'Ada', 'unknown-identity'],
  '04-test-without-hardware.ts': ['the door does what it should'],
  '08-compare-two-uploads.ts': [
    '200 {"match":true,',
    '200 {"match":false,',
    '200 {"advice":[{"flaw":"no-finger","detail":7,"words":"Put a finger on the sensor."}]}',
    '400',
  ],
  '09-reader-that-matches-inside.ts': [
    'ScriptedDevice: 10 prints, 3 touches',
    '33 %',
    '66 %',
    '100 %',
    'stored',
    'identified',
    'unknown-identity',
    'on the reader: slot-1, slot-2',
  ],
  '10-door-with-a-relay.ts': [
    'Ada Lovelace is enrolled',
    'relay: refused, not signed',
    'relay: open for Ada Lovelace, of Staff',
  ],
  '11-journal-in-a-spreadsheet.ts': [
    'number,kind,person',
    '1,created,Ada Lovelace',
    '2,changed,Ada King',
    '3,created,Grace Hopper',
  ],
  'blocking-with-a-second-thread.ts': [
    'the finger was captured',
    'callback: unit 1, 0x00000000',
    'blocked in WinBioLocateSensor',
    'canceled by the second thread',
  ],
  'cancel-a-capture.ts': [
    'Calling WinBioCaptureSampleWithCallback',
    'Touch the sensor ...',
    'Calling WinBioCancel',
    'Callback: WINBIO_E_CANCELED',
  ],
  'express-login/main.ts': [
    '201 Ada is registered',
    '200 {"name":"Ada"}',
    '{"name":"Ada"}',
    '401 {"error":"not registered"}',
  ],
  'port-of-a-winbio-program.ts': ['open: 0x00000000', 'identify: nobody we know', 'identify: canceled', 'closed'],
  'who-touches-on-windows-too.ts': ['1 reader', 'Touch the reader ...', 'nobody we know', 'everything is freed: true'],
};
