/** Conformance suites for adapters, and a scripted world to test applications in. */

export * from './adapter-clauses.ts';
export * from './adapter-tap.ts';
export * from './adapter-test.ts';
export * from './engine-suite.ts';
export { createHost, type Host, type HostOptions, type HostProcess, type ProcessOptions } from './host.ts';
export { ScriptedClock } from './scripted-clock.ts';
export { SCRIPTED_TEMPLATE_FORMAT, ScriptedEngine, type ScriptedEngineOptions } from './scripted-engine.ts';
export { ScriptedFaceEngine, type ScriptedPerson, scriptedFrame } from './scripted-face-engine.ts';
export { scriptedFinger, scriptedFingerOf } from './scripted-fingers.ts';
export * from './sensor-suite.ts';
export * from './storage-suite.ts';
