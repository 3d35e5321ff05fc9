/** Something that waits until a test lets it go on: `await opened` here, `open()` there. */
export function gate(): { readonly opened: Promise<void>; readonly open: () => void } {
  const opening = new AbortController();
  const opened = new Promise<void>((resolve) => {
    opening.signal.addEventListener('abort', () => resolve(), { once: true });
  });
  return { opened, open: () => opening.abort() };
}
