/** Shows a fault in place of a page that failed; the other pages keep working. */

import type { ComponentChildren } from 'preact';
import { useErrorBoundary } from 'preact/hooks';
import { PageFrame } from '../frame/page.tsx';
import { Fault } from '../parts/alert.tsx';
import { t } from '../words/catalogue.ts';
import { faultWords } from '../words/fault-words.ts';
import { NotLoaded } from './loading.ts';

export function Failure({ children }: { readonly children: ComponentChildren }) {
  const [thrown, reset] = useErrorBoundary();
  if (thrown === undefined) return <>{children}</>;
  const again = () => (thrown instanceof NotLoaded ? location.reload() : reset());
  return (
    <PageFrame title={t('fault.page')}>
      <Fault
        words={{ ...faultWords(thrown), title: t('fault.page') }}
        actions={
          <button type="button" class="btn small" onClick={again}>
            {t('fault.showAgain')}
          </button>
        }
      />
    </PageFrame>
  );
}
