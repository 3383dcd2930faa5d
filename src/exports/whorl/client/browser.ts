/** `whorl/client/browser`: the client for web pages. */

export type { AdministrationClient } from '../../../client/administration-client.ts';
export type { MayBeCanceled } from '../../../client/asking.ts';
export type { ConnectWebSocketOptions } from '../../../client/browser/connect-web-socket.ts';
export { connectWebSocket } from '../../../client/browser/connect-web-socket.ts';
export type { DoorsClient } from '../../../client/doors-client.ts';
export type { Enrollment } from '../../../client/enrollment.ts';
export type { ImportTemplatesOptions } from '../../../client/import-templates.ts';
export type { JournalCheck, JournalClient, VerifyJournalOptions } from '../../../client/journal-client.ts';
export type { KeptEnrollmentsClient } from '../../../client/kept-enrollments-client.ts';
export type * from '../../../client/outcomes.ts';
export type { ImportPeopleOptions, PeopleClient } from '../../../client/people-client.ts';
export type { PlacesClient } from '../../../client/places-client.ts';
export type { Session } from '../../../client/session.ts';
export { type StayConnectedOptions, stayConnected } from '../../../client/stay-connected.ts';
export type { UpkeepClient } from '../../../client/upkeep-client.ts';
export type {
  Placement,
  SyntheticFinger,
  TouchResult,
  VirtualReaderClient,
} from '../../../client/virtual-reader-client.ts';
export type { SessionOptions, UnitChange, WhorlService } from '../../../client/whorl-service.ts';
export type * from '../../../core/attendance.ts';
export type * from '../../../core/audit-entry.ts';
export type * from '../../../core/backup-report.ts';
export type { ConnectionStage } from '../../../core/biometric-error.ts';
export { BiometricError, isBiometricError } from '../../../core/biometric-error.ts';
export { codeName } from '../../../core/codes.ts';
export type * from '../../../core/door.ts';
export type { FingerCoverage } from '../../../core/finger-coverage.ts';
export type * from '../../../core/found-reader.ts';
export type { GreyImage } from '../../../core/grey-image.ts';
export type * from '../../../core/health-history.ts';
export type { DatabaseId, RejectDetail, SubFactor, UnitId } from '../../../core/identifiers.ts';
export type { OwnerIdentity } from '../../../core/identity.ts';
export type * from '../../../core/journal-line.ts';
export type * from '../../../core/kept-enrollment.ts';
export type { ReaderReference } from '../../../core/named-readers.ts';
export type {
  DatabaseDescription,
  UnclaimedEvent,
  UnitDescription,
  WatchedSample,
} from '../../../core/operation-result.ts';
export type * from '../../../core/page.ts';
export type * from '../../../core/pairing-report.ts';
export type * from '../../../core/person.ts';
export type * from '../../../core/place.ts';
export { fingerprintRejectDetail } from '../../../core/reject-detail.ts';
export type { Reported } from '../../../core/report-of.ts';
export type * from '../../../core/sample-picture.ts';
export type * from '../../../core/sample-report.ts';
export type * from '../../../core/service-report.ts';
export type * from '../../../core/setting.ts';
export { FINGERS, type FingerName, fingerName } from '../../../core/sub-factor.ts';
export type {
  CardTemplateFormat,
  ImportedRow,
  ImportReport,
  ImportSettings,
  ImportVerdict,
  TemplateRow,
} from '../../../core/template-import.ts';
