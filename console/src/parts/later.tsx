/** A part that is loaded when it is needed. */

import { useSignal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { useEffect } from 'preact/hooks';

export function Later({ load }: { readonly load: () => Promise<ComponentType> }) {
  const part = useSignal<{ readonly View: ComponentType } | undefined>(undefined);
  useEffect(() => {
    // What cannot be loaded is left out; the page around it says what it can.
    void load().then(
      (View) => (part.value = { View }),
      () => undefined,
    );
  }, []);
  if (part.value === undefined) return null;
  const { View } = part.value;
  return <View />;
}
