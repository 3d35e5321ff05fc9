import { useEffect, useState } from 'react';

/** Gives the focus back, when this goes, to what had it when this came; for dialogs that come and go. */
export function useFocusBack(): void {
  const [former] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      // Later: the dialog is still there now, and holds the focus.
      setTimeout(() => {
        const isFree = document.activeElement === null || document.activeElement === document.body;
        if (isFree && former instanceof HTMLElement && former.isConnected) former.focus();
      });
    },
    [former],
  );
}
