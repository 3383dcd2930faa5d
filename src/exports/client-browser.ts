/** `whorl/client/browser`: the client for web pages. */

export type { ConnectWebSocketOptions } from '../client/browser/connect-web-socket.ts';
export { connectWebSocket } from '../client/browser/connect-web-socket.ts';
export type { Enrollment } from '../client/enrollment.ts';
export type * from '../client/outcomes.ts';
export type { Session } from '../client/session.ts';
export { type StayConnectedOptions, stayConnected } from '../client/stay-connected.ts';
export type { VirtualReaderClient } from '../client/virtual-reader-client.ts';
export type { SessionOptions, UnitChange, WhorlService } from '../client/whorl-service.ts';
export type { BiometricError, ConnectionStage } from '../core/biometric-error.ts';
export { isBiometricError } from '../core/biometric-error.ts';
