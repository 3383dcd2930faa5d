/** The three enumerations, open to every client, with or without a handle. WBF: framework 3 and 4. */

import type { BiometricFactor } from '../../core/identifiers.ts';
import type { RequestOf } from '../../core/operation-request.ts';
import type { OperationValues } from '../../core/operation-result.ts';
import { requireEnabled } from '../access/policy.ts';
import type { ServiceContext } from '../context.ts';
import { type Outcome, success } from '../outcome.ts';
import type { Framework } from '../sessions/framework.ts';
import type { Call } from './handler.ts';

/** What can be enumerated. */
export type EnumerationKind = 'enum-biometric-units' | 'enum-databases' | 'enum-service-providers';

/** Everything of one kind whose factor is in the mask. Throws WINBIO_E_DISABLED for units (D-27). */
export function enumerate(context: ServiceContext, kind: EnumerationKind, mask: BiometricFactor): OperationValues {
  const wanted = (item: { readonly factor: BiometricFactor }) => (item.factor & mask) !== 0;
  switch (kind) {
    case 'enum-biometric-units':
      requireEnabled(context.policy());
      return { units: context.units.describe().filter(wanted) };
    case 'enum-databases':
      return { databases: context.stores.describe().filter(wanted) };
    case 'enum-service-providers':
      return { providers: context.providers.filter(wanted) };
    default:
      return kind satisfies never;
  }
}

/** An enumeration on a framework handle. */
export function enumerateOnHandle<K extends EnumerationKind>({ context, request }: Call<Framework, K>): Outcome {
  const { kind, factor }: RequestOf<EnumerationKind> = request;
  return success(0, enumerate(context, kind, factor));
}
