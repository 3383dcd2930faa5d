/** `whorl`: what most applications need. */

export { AdministrationClient } from '../../client/administration-client.ts';
export type { MayBeCanceled } from '../../client/asking.ts';
export { DoorsClient } from '../../client/doors-client.ts';
export { Enrollment } from '../../client/enrollment.ts';
export type { ImportTemplatesOptions } from '../../client/import-templates.ts';
export { type JournalCheck, JournalClient, type VerifyJournalOptions } from '../../client/journal-client.ts';
export { KeptEnrollmentsClient } from '../../client/kept-enrollments-client.ts';
export type { MonitorOptions } from '../../client/monitor-stream.ts';
export type { OperationOptions } from '../../client/operation-options.ts';
export type {
  CaptureOutcome,
  CommitOutcome,
  EnrollmentStep,
  Identified,
  IdentifyOutcome,
  NotValid,
  Rejected,
  UnknownIdentity,
  Verified,
  VerifyOutcome,
} from '../../client/outcomes.ts';
export { type ImportPeopleOptions, PeopleClient } from '../../client/people-client.ts';
export { PlacesClient } from '../../client/places-client.ts';
export { type Finger, type PresenceEvent, Session } from '../../client/session.ts';
export { type StayConnectedOptions, stayConnected } from '../../client/stay-connected.ts';
export { UpkeepClient } from '../../client/upkeep-client.ts';
export {
  type Placement,
  type SyntheticFinger,
  type TouchResult,
  VirtualReaderClient,
} from '../../client/virtual-reader-client.ts';
export { type SessionOptions, type UnitChange, WhorlService } from '../../client/whorl-service.ts';
export { PRIVATE_DATABASE_ID, SYSTEM_DATABASE_ID } from '../../composition/configuration/default-databases.ts';
export type {
  ReaderConfiguration,
  ServiceConfiguration,
} from '../../composition/configuration/service-configuration.ts';
export { type EmbeddedService, startEmbedded } from '../../composition/embedded/embedded.ts';
export type * from '../../core/attendance.ts';
export type * from '../../core/audit-entry.ts';
export type * from '../../core/backup-report.ts';
export { BiometricError, isBiometricError } from '../../core/biometric-error.ts';
export { CODES, type CodeKind, type CodeName, REMEDIES, type Remedy, type ResultCode } from '../../core/codes.ts';
export type * from '../../core/door.ts';
export type { FingerCoverage } from '../../core/finger-coverage.ts';
export type * from '../../core/found-reader.ts';
export type { GreyImage } from '../../core/grey-image.ts';
export type * from '../../core/health-history.ts';
export { FAILED, formatHresult, type HRESULT, SUCCEEDED } from '../../core/hresult.ts';
export type * from '../../core/identifiers.ts';
export {
  type GuidIdentity,
  guidIdentity,
  type Identity,
  type OwnerIdentity,
  type SidIdentity,
  sameIdentity,
  sidIdentity,
  WILDCARD_IDENTITY,
} from '../../core/identity.ts';
export type * from '../../core/journal-line.ts';
export type * from '../../core/kept-enrollment.ts';
export { namedGuid } from '../../core/named-guid.ts';
export type { ReaderReference } from '../../core/named-readers.ts';
export type {
  DatabaseDescription,
  Presence,
  ProviderDescription,
  UnclaimedEvent,
  UnitDescription,
  WatchedSample,
} from '../../core/operation-result.ts';
export type * from '../../core/page.ts';
export type * from '../../core/pairing-report.ts';
export type * from '../../core/person.ts';
export type * from '../../core/place.ts';
export { fingerprintRejectDetail, type RejectDetailEntry } from '../../core/reject-detail.ts';
export type { Reported } from '../../core/report-of.ts';
export type * from '../../core/sample-picture.ts';
export type * from '../../core/sample-report.ts';
export type * from '../../core/service-report.ts';
export type * from '../../core/setting.ts';
export { FINGERS, type FingerName, fingerName } from '../../core/sub-factor.ts';
export type {
  CardTemplateFormat,
  ImportedRow,
  ImportReport,
  ImportSettings,
  ImportVerdict,
  TemplateRow,
} from '../../core/template-import.ts';
export { type ConnectOptions, connect } from './connect.ts';
