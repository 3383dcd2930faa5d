/** What clients ask about readers and places: everybody may read, administrators change. */

import { z } from 'zod';
import { S_OK } from '../../core/result-constants.ts';
import { requireRight } from '../../service/access/access.ts';
import { accountFor } from '../../service/access/account-for.ts';
import type { Audit } from '../../service/access/audit.ts';
import type { Service } from '../../service/service.ts';
import { checkedBy } from '../../storage/records/people/person-schema.ts';
import type { Extension } from '../connection/extensions.ts';
import { nameText } from './identity-schema.ts';

const LINE = 'give at most 64 characters on one line';
const line = z
  .string(LINE)
  .max(64, LINE)
  .transform((text) => text.trim().normalize('NFC'))
  .refine((text) => !/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u.test(text), LINE);

const QUESTION = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('list') }),
  z.strictObject({
    kind: z.literal('change'),
    reader: nameText,
    change: z.strictObject({
      title: line.optional(),
      place: line.optional(),
      use: z.enum(['door', 'clock', 'desk', 'kiosk'], "give 'door', 'clock', 'desk' or 'kiosk'").optional(),
    }),
  }),
  z.strictObject({ kind: z.literal('forget'), reader: nameText }),
]);

/** Makes the extension. */
export function placesExtension(service: Service, audit: Audit): Extension {
  return async (body, principal) => {
    const question = checkedBy(QUESTION, body, 'places');
    const { places, activity, readers } = service;
    const { sid } = principal;
    switch (question.kind) {
      case 'list':
        requireRight('enumerate', principal);
        return places.list(activity, readers);
      case 'change': {
        requireRight('set-up', principal);
        const { reader } = question;
        const change = Object.fromEntries(Object.entries(question.change).filter(([, value]) => value !== undefined));
        places.requireKnown(reader, activity, readers);
        return await accountFor(audit, { action: 'change-place', sid, hresult: S_OK, owner: reader }, () =>
          places.change(reader, change, activity, readers),
        );
      }
      case 'forget': {
        requireRight('set-up', principal);
        const { reader } = question;
        return await accountFor(audit, { action: 'forget-place', sid, hresult: S_OK, owner: reader }, () =>
          places.forget(reader, activity, readers),
        );
      }
      default:
        return question satisfies never;
    }
  };
}
