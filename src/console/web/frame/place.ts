import { isGuarded, whenLeft } from './leaving.js';

const changed = 'console:place';

/**
 * The address of the page that is shown. Not the browser's own: after a step back that one is another
 * already while somebody is still asked whether to leave.
 */
let shown = address();
/** How many steps into this window's history; each entry of the history knows its own. */
let step = stepOf(history.state) ?? 0;
history.replaceState({ step }, '');
addEventListener('popstate', stepped);

/** The address of the page that is shown: path and query. */
export function shownAddress(): string {
  return shown;
}

/** Tells when another page is shown; answers how to end it. */
export function followPlace(listener: () => void): () => void {
  addEventListener(changed, listener);
  return () => removeEventListener(changed, listener);
}

/** Shows another page; `replace` leaves no step to go back to. Asks nobody. */
export function goTo(path: string, replace: boolean): void {
  if (!replace) step += 1;
  if (replace) history.replaceState({ step }, '', path);
  else history.pushState({ step }, '', path);
  show();
}

/** Somebody went back or forward. The browser cannot be stopped: it is sent back, then asked for. */
function stepped({ state }: PopStateEvent): void {
  const to = stepOf(state);
  if (address() === shown) {
    // A place within the page, to which a link leads, or where a question has sent the browser back.
    step = to ?? step + 1;
    if (to === undefined) history.replaceState({ step }, '');
    return;
  }
  if (!isGuarded() || to === undefined || to === step) {
    step = to ?? step;
    show();
    return;
  }
  const by = to - step;
  history.go(-by);
  void whenLeft(() => history.go(by));
}

function show(): void {
  shown = address();
  dispatchEvent(new Event(changed));
}

function address(): string {
  return location.pathname + location.search;
}

function stepOf(state: unknown): number | undefined {
  const { step: found } = (state ?? {}) as { step?: unknown };
  return typeof found === 'number' ? found : undefined;
}
