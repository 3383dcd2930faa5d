/** Says what goes with the people who are deleted, and what stays, before it happens. */

import type { Person } from '../../../../src/exports/whorl/client/browser.ts';
import { Fault } from '../../parts/alert.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { Icon } from '../../parts/icon.tsx';
import { deletePeople, UNDO_MS } from '../../people/delete-person.ts';
import type { ConnectedService } from '../../service/connected-service.ts';
import { useAnswer } from '../../service/use-answer.ts';
import { t } from '../../words/catalogue.ts';
import { spanText } from '../../words/formats.ts';

export interface DeleteDialogProps {
  readonly service: ConnectedService;
  readonly people: readonly Person[];
  readonly onClose: () => void;
  readonly onDone: () => void;
}

export function DeleteDialog({ service, people, onClose, onDone }: DeleteDialogProps) {
  const [first] = people;
  const isOne = people.length === 1 && first !== undefined;
  const belongings = useAnswer(
    async () => (isOne ? await service.client.people.belongings(first.identity) : undefined),
    [people],
  );
  const fingers = belongings.value?.fingers ?? people.reduce((sum, each) => sum + each.fingers.length, 0);
  const label = isOne ? t('delete.one', { name: first.name }) : t('delete.many', { count: people.length });
  return (
    <Dialog
      title={isOne ? t('delete.ask', { name: first.name }) : t('delete.askMany', { count: people.length })}
      closeLabel={isOne ? t('delete.keep', { name: first.name }) : t('cancel')}
      onClose={onClose}
      actions={
        <button
          type="button"
          class="btn destroy"
          onClick={() => {
            onClose();
            deletePeople(service, people, onDone);
          }}
        >
          {label}
        </button>
      }
    >
      {belongings.fault !== undefined && <Fault words={belongings.fault} />}
      <ul class="consequences">
        <li>
          <Icon name="finger" />
          <span>{t('delete.fingers', { count: fingers })}</span>
        </li>
        {belongings.value !== undefined && (
          <li>
            <Icon name="journal" />
            <span>{t('delete.lines', { count: belongings.value.journalLines })}</span>
          </li>
        )}
        <li>
          <Icon name="file" />
          <span>{t('delete.backups')}</span>
        </li>
        <li>
          <Icon name="clock" />
          <span>{t('delete.undo', { span: spanText(UNDO_MS) })}</span>
        </li>
      </ul>
    </Dialog>
  );
}
