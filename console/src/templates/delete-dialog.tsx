/** Asks before a template is deleted. */

import { Dialog } from '../parts/dialog.tsx';
import type { ConnectedService } from '../service/connected-service.ts';
import { fingerWords } from '../words/finger-words.ts';
import { identityWords } from '../words/identity-words.ts';
import type { TemplatePlace } from './database-contents.ts';

export interface DeleteDialogProps {
  readonly service: ConnectedService;
  readonly place: TemplatePlace;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

export function DeleteDialog({ service, place, onConfirm, onClose }: DeleteDialogProps) {
  const { database, identity, subFactor } = place;
  return (
    <Dialog
      title={`Delete ${fingerWords(subFactor)}?`}
      confirm="Delete"
      dangerous
      onClose={onClose}
      onConfirm={onConfirm}
    >
      <p>
        The template of {identityWords(identity, service.account.sid)} is deleted for good. The finger is then unknown
        until it is enrolled again.
      </p>
      {database.databaseId !== service.systemDatabase && (
        <p class="quiet">
          The readers move into a private pool for a moment, which cancels the operations that wait on them.
        </p>
      )}
    </Dialog>
  );
}
