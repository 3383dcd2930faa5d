/** Asks before a complete, unsaved enrollment is left. */

import { useEffect } from 'preact/hooks';
import { type Address, guardLeaving, linkTo } from '../../browser/address.ts';

/** Pages that show the same enrollment. */
const SAME: readonly string[] = ['enroll', 'kiosk'];

export function useLeaveGuard(isOn: boolean, onLeave: (link: string) => void): void {
  useEffect(() => {
    if (!isOn) return;
    const release = guardLeaving((next: Address) => {
      if (SAME.includes(next.page)) return true;
      onLeave(linkTo(next.page, next.rest, next.query));
      return false;
    });
    const unload = (event: Event) => event.preventDefault();
    addEventListener('beforeunload', unload);
    return () => {
      release();
      removeEventListener('beforeunload', unload);
    };
  }, [isOn]);
}
