/** The sample that was answered, with its quality: beside the reference when one was found. */

import { useRef } from 'preact/hooks';
import type { WatchedSample } from '../../../src/exports/whorl/client/browser.ts';
import { LiveSample } from '../sample/live-sample.tsx';
import { NoImages } from '../sample/no-images.tsx';
import { Quality } from '../sample/quality.tsx';
import type { SampleWatch } from '../sample/sample-watch.ts';
import { ComparisonPicture } from './comparison-picture.tsx';
import type { MatchAnswer } from './match-run.ts';

export interface MatchSampleProps {
  readonly outcome: MatchAnswer['outcome'];
  readonly watch: SampleWatch;
}

export function MatchSample({ outcome: { report }, watch }: MatchSampleProps) {
  // The picture of the previous answer stays until that of this one arrives.
  const latest = useRef<WatchedSample>(undefined);
  latest.current = watch.sampleOf(['identify', 'verify'], report) ?? latest.current;
  const picture = latest.current?.picture;
  const reference = picture?.reference;
  const count = watch.count.value;
  return (
    <>
      {watch.state.value === 'not-allowed' && <NoImages />}
      {(picture !== undefined || report !== undefined) && (
        <div class={reference === undefined ? 'sample-grid' : 'sample-stack'}>
          {picture !== undefined && reference === undefined && <LiveSample picture={picture} count={count} empty="" />}
          {picture !== undefined && reference !== undefined && (
            <ComparisonPicture picture={picture} reference={reference} count={count} />
          )}
          {report !== undefined && <Quality report={report} />}
        </div>
      )}
    </>
  );
}
