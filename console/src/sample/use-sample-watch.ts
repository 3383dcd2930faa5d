/** A watch that ends with the page it is shown on. */

import { useEffect, useMemo } from 'preact/hooks';
import { SampleWatch } from './sample-watch.ts';

export function useSampleWatch(): SampleWatch {
  const watch = useMemo(() => new SampleWatch(), []);
  useEffect(() => () => watch.stop(), [watch]);
  return watch;
}
