/** Shows a fault in place of a page that failed; the other pages keep working. */

import type { ComponentChildren } from 'preact';
import { useErrorBoundary } from 'preact/hooks';
import { t } from '../words/catalogue.ts';
import { faultWords } from '../words/fault-words.ts';
import { Fault } from './alert.tsx';

export function Failure({ children }: { readonly children: ComponentChildren }) {
  const [thrown, reset] = useErrorBoundary();
  if (thrown === undefined) return <>{children}</>;
  return (
    <Fault
      words={{ ...faultWords(thrown), title: t('fault.page') }}
      actions={
        <button type="button" class="btn small" onClick={reset}>
          {t('fault.showAgain')}
        </button>
      }
    />
  );
}
