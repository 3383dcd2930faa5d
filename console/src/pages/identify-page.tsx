/** Whose finger is it? Identifies, or verifies a claim. */

import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { OwnerIdentity, TemplateOwner, WatchedSample } from '../../../src/exports/whorl/client/browser.ts';
import { ComparisonPicture } from '../matching/comparison-picture.tsx';
import { MatchResult } from '../matching/match-result.tsx';
import { Empty } from '../parts/notice.tsx';
import { ownersIn, type PoolChoice, poolKey, poolOf, privateDatabases } from '../pools/pool-choice.ts';
import { LiveSample } from '../sample/live-sample.tsx';
import { Quality } from '../sample/quality.tsx';
import { useSampleWatch } from '../sample/use-sample-watch.ts';

import { TouchDrawer } from '../touch/touch-drawer.tsx';
import { fingerWords } from '../words/finger-words.ts';
import { identityText, identityWords } from '../words/identity-words.ts';
import type { PageProps } from './page-props.ts';

const ANY = 'any';

export function IdentifyPage({ service, pad, match: run }: PageProps) {
  const watch = useSampleWatch();
  const owners = useSignal<readonly TemplateOwner[] | undefined>(undefined);
  const pool = useSignal<PoolChoice>('system');
  const claims = useSignal(false);
  const claimed = useSignal<OwnerIdentity | undefined>(undefined);
  const finger = useSignal(ANY);
  const goesOn = useSignal(false);
  useEffect(() => () => run.leave(), []);
  useEffect(() => {
    ownersIn(service, pool.value).then(
      (found) => (owners.value = found),
      () => (owners.value = []),
    );
  }, [pool.value]);
  const state = run.state.value;
  const isWaiting = run.isUnderWay;
  const known = owners.value ?? [];
  const owner =
    known.find(({ identity }) => claimed.value !== undefined && sameText(identity, claimed.value)) ?? known[0];
  const begin = async () => {
    const verified = claims.value && owner !== undefined;
    const claim = verified
      ? { identity: owner.identity, finger: finger.value === ANY ? undefined : Number(finger.value) }
      : undefined;
    await run.start(service, { pool: pool.value, claim, goesOn: goesOn.value }, watch);
    watch.stopSoon();
  };
  if (service.units.value.length === 0 && state.kind === 'idle') {
    return (
      <Empty title="There is no reader">
        <p>
          Plug one in; on the page <a href="#units">Units</a> it appears at once.
        </p>
      </Empty>
    );
  }
  const answer = run.answer.value;
  const outcome = answer?.outcome;
  // Until the picture of this answer comes, that of the one before keeps its place.
  const lastSeen = useRef<WatchedSample>(undefined);
  if (outcome === undefined) lastSeen.current = undefined;
  else lastSeen.current = watch.sampleOf(['identify', 'verify'], outcome.report) ?? lastSeen.current;
  const seen = lastSeen.current;
  const waiting = Math.max(0, ...(service.health.value?.units ?? []).map((unit) => unit.waiting.length));
  return (
    <>
      <section class="card">
        <fieldset class="choices choices-row" disabled={isWaiting}>
          <legend>What to ask</legend>
          <label class="choice">
            <input type="radio" name="ask" checked={!claims.value} onChange={() => (claims.value = false)} />
            <span>
              identify <small>whose finger is it?</small>
            </span>
          </label>
          <label class="choice">
            <input type="radio" name="ask" checked={claims.value} onChange={() => (claims.value = true)} />
            <span>
              verify <small>is it the one that is claimed?</small>
            </span>
          </label>
        </fieldset>
        {privateDatabases(service).length > 0 && (
          <label class="field">
            <span>Among whom</span>
            <select
              disabled={isWaiting}
              value={poolKey(pool.value)}
              onChange={(event) => (pool.value = poolOf(event.currentTarget.value))}
            >
              <option value="system">everybody in the system pool</option>
              {privateDatabases(service).map((databaseId) => (
                <option key={databaseId} value={databaseId}>
                  a private pool on database {databaseId}
                </option>
              ))}
            </select>
          </label>
        )}
        {claims.value && owner !== undefined && (
          <div class="field-row">
            <label class="field field-wide">
              <span>Identity</span>
              <select
                disabled={isWaiting}
                value={identityText(owner.identity)}
                onChange={(event) => {
                  const { value } = event.currentTarget;
                  claimed.value = known.find(({ identity }) => identityText(identity) === value)?.identity;
                  finger.value = ANY;
                }}
              >
                {known.map(({ identity }) => (
                  <option key={identityText(identity)} value={identityText(identity)}>
                    {identityWords(identity, service.account.sid)}
                  </option>
                ))}
              </select>
            </label>
            <label class="field">
              <span>Finger</span>
              <select
                disabled={isWaiting}
                value={finger.value}
                onChange={(event) => (finger.value = event.currentTarget.value)}
              >
                <option value={ANY}>any</option>
                {owner.subFactors.map((each) => (
                  <option key={each} value={String(each)}>
                    {fingerWords(each)}
                  </option>
                ))}
              </select>
            </label>
          </div>
        )}
        {owners.value?.length === 0 && (
          <p class="quiet">
            Nobody is enrolled there yet: <a href="#enroll">enroll a finger</a> first, then it is found here.
          </p>
        )}
        <label class="toggle">
          <input
            type="checkbox"
            disabled={isWaiting}
            checked={goesOn.value}
            onChange={(event) => (goesOn.value = event.currentTarget.checked)}
          />
          go on after each answer, as a door does
        </label>
        <div class="actions">
          {isWaiting ? (
            <button type="button" onClick={() => run.cancel()}>
              Cancel
            </button>
          ) : (
            <button
              type="button"
              class="primary"
              disabled={claims.value && owner === undefined}
              onClick={() => void begin()}
            >
              {claims.value ? 'Start verifying' : 'Start identifying'}
            </button>
          )}
        </div>
        <div class="result" aria-live="polite" data-match={outcome?.kind ?? state.kind}>
          <MatchResult state={state} answer={answer} ownSid={service.account.sid} waiting={waiting} />
        </div>
        {outcome !== undefined && watch.state.value === 'not-allowed' && (
          <p class="notice">
            Images need a session with raw access, which this account has not; numbers are shown alone.
          </p>
        )}
        {outcome !== undefined && (seen?.picture !== undefined || outcome.report !== undefined) && (
          <div class={seen?.picture?.reference === undefined ? 'sample-grid' : 'sample-stack'}>
            {seen?.picture !== undefined &&
              (seen.picture.reference === undefined ? (
                <LiveSample picture={seen.picture} count={watch.count.value} empty="" />
              ) : (
                <ComparisonPicture
                  picture={seen.picture}
                  reference={seen.picture.reference}
                  count={watch.count.value}
                />
              ))}
            {outcome.report !== undefined && <Quality report={outcome.report} />}
          </div>
        )}
      </section>
      <TouchDrawer service={service} pad={pad} />
    </>
  );
}

function sameText(one: OwnerIdentity, other: OwnerIdentity): boolean {
  return identityText(one) === identityText(other);
}
