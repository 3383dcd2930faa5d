/** The three enumerations, open to every client, with or without a handle. WBF: framework 3 and 4. */

import type { BiometricFactor } from '../../core/identifiers.ts';
import type { RequestOf } from '../../core/operation-request.ts';
import type { DatabaseDescription, OperationValues } from '../../core/operation-result.ts';
import { requireEnabled } from '../access/policy.ts';
import { isPrivileged, type Principal } from '../access/principal.ts';
import type { ServiceContext } from '../context.ts';
import { type Outcome, success } from '../outcome.ts';
import type { Framework } from '../sessions/framework.ts';
import type { Call } from './handler.ts';

/** What can be enumerated. */
export type EnumerationKind = 'enum-biometric-units' | 'enum-databases' | 'enum-service-providers';

/** Everything of one kind whose factor is in the mask. Throws WINBIO_E_DISABLED for units (D-27). */
export function enumerate(
  context: ServiceContext,
  principal: Principal,
  { kind, factor }: { readonly kind: EnumerationKind; readonly factor: BiometricFactor },
): OperationValues {
  const wanted = (item: { readonly factor: BiometricFactor }) => (item.factor & factor) !== 0;
  switch (kind) {
    case 'enum-biometric-units':
      requireEnabled(context.policy());
      return { units: context.units.describe().filter(wanted) };
    case 'enum-databases':
      return { databases: context.stores.describe().filter(wanted).map(placeFor(principal)) };
    case 'enum-service-providers':
      return { providers: context.providers.filter(wanted) };
    default:
      return kind satisfies never;
  }
}

/** An enumeration on a framework handle. */
export function enumerateOnHandle<K extends EnumerationKind>(call: Call<Framework, K>): Outcome {
  const { context, session, request } = call;
  return success(0, enumerate(context, session.process.principal, request satisfies RequestOf<EnumerationKind>));
}

/** Where a database lies is for administrators: an ordinary account learns the layout of no disk. */
function placeFor(principal: Principal): (database: DatabaseDescription) => DatabaseDescription {
  if (isPrivileged(principal)) return (database) => database;
  return (database) => ({ ...database, filePath: '', connectionString: '' });
}
