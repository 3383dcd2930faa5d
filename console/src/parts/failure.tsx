/** Shows a fault in place of a page that failed; the other pages keep working. */

import type { ComponentChildren } from 'preact';
import { useErrorBoundary } from 'preact/hooks';
import { faultWords } from '../words/fault-words.ts';
import { Fault } from './notice.tsx';

export function Failure({ children }: { readonly children: ComponentChildren }) {
  const [thrown, reset] = useErrorBoundary();
  if (thrown === undefined) return <>{children}</>;
  return (
    <Fault words={{ ...faultWords(thrown), title: 'This page failed' }}>
      <button type="button" onClick={reset}>
        Show it again
      </button>
    </Fault>
  );
}
