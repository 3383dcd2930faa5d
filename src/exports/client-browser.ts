/** `whorl/client/browser`: the client for web pages. */

export type { AdministrationClient } from '../client/administration-client.ts';
export type { ConnectWebSocketOptions } from '../client/browser/connect-web-socket.ts';
export { connectWebSocket } from '../client/browser/connect-web-socket.ts';
export type { Enrollment } from '../client/enrollment.ts';
export type * from '../client/outcomes.ts';
export type { Session } from '../client/session.ts';
export { type StayConnectedOptions, stayConnected } from '../client/stay-connected.ts';
export type { Placement, SyntheticFinger, TouchResult, VirtualReaderClient } from '../client/virtual-reader-client.ts';
export type { SessionOptions, UnitChange, WhorlService } from '../client/whorl-service.ts';
export type { BiometricError, ConnectionStage } from '../core/biometric-error.ts';
export { isBiometricError } from '../core/biometric-error.ts';
export type { FingerCoverage } from '../core/finger-coverage.ts';
export type { GreyImage } from '../core/grey-image.ts';
export type { UnclaimedEvent, UnitDescription, WatchedSample } from '../core/operation-result.ts';
export type * from '../core/sample-picture.ts';
export type * from '../core/sample-report.ts';
export type * from '../core/service-report.ts';
