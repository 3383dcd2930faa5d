/** Conformance suites for adapters, and a scripted world to test applications in. */

export * from './adapter-clauses.ts';
export * from './adapter-functions.ts';
export type { WireFaults } from './serial/emulated-wire.ts';
export { Gt511Emulator, type Gt511EmulatorOptions } from './serial/gt511-emulator.ts';
export { openPseudoTerminal, type PseudoTerminal } from './serial/pseudo-terminal.ts';
export { ZfmEmulator, type ZfmEmulatorOptions } from './serial/zfm-emulator.ts';
export * from './suites/adapter-test.ts';
export * from './suites/device/device-rig.ts';
export * from './suites/device/device-suite.ts';
export * from './suites/engine/engine-rig.ts';
export * from './suites/engine/engine-suite.ts';
export * from './suites/sensor/sensor-rig.ts';
export * from './suites/sensor/sensor-suite.ts';
export * from './suites/storage/storage-rig.ts';
export * from './suites/storage/storage-suite.ts';
export * from './world/adapter-tap.ts';
export { createHost, type Host } from './world/host.ts';
export type { HostOptions } from './world/host-options.ts';
export type { HostProcess, ProcessOptions } from './world/host-process.ts';
export type { ScriptedAccount } from './world/scripted-accounts.ts';
export { ScriptedClock } from './world/scripted-clock.ts';
export { ScriptedDevice, type ScriptedDeviceOptions, type ScriptedOperation } from './world/scripted-device.ts';
export { SCRIPTED_TEMPLATE_FORMAT, ScriptedEngine, type ScriptedEngineOptions } from './world/scripted-engine.ts';
export { ScriptedFaceEngine, type ScriptedPerson, scriptedFrame } from './world/scripted-face-engine.ts';
export { scriptedFinger, scriptedFingerOf } from './world/scripted-fingers.ts';
