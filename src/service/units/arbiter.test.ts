import { expect, test } from 'vitest';
import type { ClientProcess } from '../access/principal.ts';
import { type ArbiterFacts, chooseReceiver } from './arbiter.ts';
import type { Candidate, CandidateRole, CandidateSession } from './candidate.ts';

const principal = { sid: 'S-1-5-18', administrator: true, mayEnroll: true, remote: false };
const p: ClientProcess = { principal };
const q: ClientProcess = { principal };

const newSession = (): CandidateSession => ({ reaches: () => true });

function candidate(session: CandidateSession, process: ClientProcess, role: CandidateRole = 'operation'): Candidate {
  return {
    kind: 'identify',
    role,
    session,
    process,
    purpose: 2,
    receive: async () => Promise.reject(),
    refuse: () => {},
    fail: () => {},
  };
}

const facts = (candidates: readonly Candidate[], change: Partial<ArbiterFacts> = {}): ArbiterFacts => ({
  privatePool: false,
  lockOwner: undefined,
  enrollingSession: undefined,
  focus: p,
  candidates,
  ...change,
});

test('the oldest waiting operation of the process with focus', () => {
  const [a, b, c] = [candidate(newSession(), q), candidate(newSession(), p), candidate(newSession(), p)];
  expect(chooseReceiver(facts([a, b, c])).receivers).toEqual([b]);
  expect(chooseReceiver(facts([a, b, c], { focus: q })).receivers).toEqual([a]);
});

test('without focus the monitors, all of them; without monitors nobody', () => {
  const [a, m, n] = [
    candidate(newSession(), q),
    candidate(newSession(), q, 'monitor'),
    candidate(newSession(), p, 'monitor'),
  ];
  expect(chooseReceiver(facts([a, m, n], { focus: undefined }))).toEqual({ receivers: [m, n], refused: [] });
  expect(chooseReceiver(facts([a], { focus: undefined }))).toEqual({ receivers: [], refused: [] });
});

test('a lock keeps everybody else out, monitors too', () => {
  const owner = newSession();
  const [a, b, m] = [candidate(newSession(), p), candidate(owner, p), candidate(newSession(), p, 'monitor')];
  expect(chooseReceiver(facts([a, b, m], { lockOwner: owner })).receivers).toEqual([b]);
  expect(chooseReceiver(facts([a, m], { lockOwner: owner })).receivers).toEqual([]);
});

test('an enrollment gets its sample, others with focus are refused, those without wait', () => {
  const enrolling = newSession();
  const [e, a, b] = [candidate(enrolling, p, 'enrollment'), candidate(newSession(), p), candidate(newSession(), q)];
  expect(chooseReceiver(facts([a, e, b], { enrollingSession: enrolling }))).toEqual({ receivers: [e], refused: [a] });
  expect(chooseReceiver(facts([a, b], { enrollingSession: enrolling }))).toEqual({ receivers: [], refused: [a] });
});

test('in a private pool neither focus nor an enrollment keeps anybody out', () => {
  const session = newSession();
  const [a, e] = [candidate(session, q), candidate(session, q, 'enrollment')];
  const decision = chooseReceiver(facts([a, e], { privatePool: true, enrollingSession: session, focus: undefined }));
  expect(decision).toEqual({ receivers: [a], refused: [] });
});
