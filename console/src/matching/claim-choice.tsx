/** The claim of a verification: an owner, and one or any of its fingers. */

import { fingerWords } from '../words/finger-words.ts';
import { identityText, identityWords } from '../words/identity-words.ts';
import type { MatchForm } from './match-form.ts';

/** Value of the control for a claim that names no finger. */
const ANY = 'any';

export interface ClaimChoiceProps {
  readonly form: MatchForm;
  readonly ownSid: string;
  readonly disabled: boolean;
}

export function ClaimChoice({ form, ownSid, disabled }: ClaimChoiceProps) {
  const { claimed, finger } = form;
  if (claimed === undefined) return null;
  return (
    <div class="field-row">
      <label class="field field-wide">
        <span>Identity</span>
        <select
          disabled={disabled}
          value={identityText(claimed.identity)}
          onChange={(event) => form.claim(event.currentTarget.value)}
        >
          {(form.owners.value ?? []).map(({ identity }) => (
            <option key={identityText(identity)} value={identityText(identity)}>
              {identityWords(identity, ownSid)}
            </option>
          ))}
        </select>
      </label>
      <label class="field">
        <span>Finger</span>
        <select
          disabled={disabled}
          value={finger.value === undefined ? ANY : String(finger.value)}
          onChange={({ currentTarget: { value } }) => (finger.value = value === ANY ? undefined : Number(value))}
        >
          <option value={ANY}>any</option>
          {claimed.subFactors.map((each) => (
            <option key={each} value={String(each)}>
              {fingerWords(each)}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}
