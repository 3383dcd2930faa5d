/** The choices of an identification or a verification: which of them, in which pool, and against which claim. */

import { poolKey, poolOf, privateDatabases } from '../pools/pool-choice.ts';
import type { ConnectedService } from '../service/connected-service.ts';
import { ClaimChoice } from './claim-choice.tsx';
import type { MatchForm } from './match-form.ts';

export interface MatchChoicesProps {
  readonly service: ConnectedService;
  readonly form: MatchForm;
  readonly disabled: boolean;
}

export function MatchChoices({ service, form, disabled }: MatchChoicesProps) {
  const { verifies, goesOn } = form;
  return (
    <>
      <fieldset class="choices choices-row" disabled={disabled}>
        <legend>What to ask</legend>
        <label class="choice">
          <input type="radio" name="ask" checked={!verifies.value} onChange={() => (verifies.value = false)} />
          <span>
            identify <small>whose finger is it?</small>
          </span>
        </label>
        <label class="choice">
          <input type="radio" name="ask" checked={verifies.value} onChange={() => (verifies.value = true)} />
          <span>
            verify <small>does it belong to the claimed owner?</small>
          </span>
        </label>
      </fieldset>
      <PoolSelect service={service} form={form} disabled={disabled} />
      {verifies.value && <ClaimChoice form={form} ownSid={service.account.sid} disabled={disabled} />}
      {form.owners.value?.length === 0 && (
        <p class="quiet">
          No finger is enrolled there yet: <a href="#enroll">enroll one</a> first.
        </p>
      )}
      <label class="toggle">
        <input
          type="checkbox"
          disabled={disabled}
          checked={goesOn.value}
          onChange={(event) => (goesOn.value = event.currentTarget.checked)}
        />
        go on after each answer, as at a door
      </label>
    </>
  );
}

/** Only shown when there is a private pool to choose. */
function PoolSelect({ service, form, disabled }: MatchChoicesProps) {
  const databases = privateDatabases(service);
  if (databases.length === 0) return null;
  return (
    <label class="field">
      <span>Among whom</span>
      <select
        disabled={disabled}
        value={poolKey(form.pool.value)}
        onChange={(event) => (form.pool.value = poolOf(event.currentTarget.value))}
      >
        <option value="system">everyone in the system pool</option>
        {databases.map((databaseId) => (
          <option key={databaseId} value={databaseId}>
            a private pool on database {databaseId}
          </option>
        ))}
      </select>
    </label>
  );
}
