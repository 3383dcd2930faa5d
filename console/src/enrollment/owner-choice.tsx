/** Whose template it becomes: that of the account, or of a new identity in a private pool. */

import { type PoolChoice, privateDatabases } from '../pools/pool-choice.ts';
import type { ConnectedService } from '../service/connected-service.ts';

export interface OwnerChoiceProps {
  readonly service: ConnectedService;
  readonly pool: PoolChoice;
  readonly onChoose: (pool: PoolChoice) => void;
}

export function OwnerChoice({ service, pool, onChoose }: OwnerChoiceProps) {
  const { account } = service;
  const privates = privateDatabases(service);
  if (privates.length === 0) return null;
  return (
    <fieldset class="choices">
      <legend>For whom?</legend>
      <label class="choice">
        <input type="radio" name="owner" checked={pool === 'system'} onChange={() => onChoose('system')} />
        <span>
          my account <small>{account.sid}</small>
        </span>
      </label>
      {privates.map((databaseId) => (
        <label class="choice" key={databaseId}>
          <input
            type="radio"
            name="owner"
            checked={pool !== 'system' && pool.databaseId === databaseId}
            onChange={() => onChoose({ databaseId })}
          />
          <span>
            a new identity in a private pool <small>database {databaseId}</small>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
