/** Asks whether what is not saved may be lost. */
export type AskToLeave = () => Promise<boolean>;

/** What is to be asked before the page shown is left; only one page is shown. */
let ask: AskToLeave | undefined;
let isAsking = false;

/** From now on this is asked before the page is left; answers how to end it. */
export function guardLeaving(asked: AskToLeave): () => void {
  ask = asked;
  return () => {
    if (ask === asked) ask = undefined;
  };
}

/** True while leaving would be asked about. */
export function isGuarded(): boolean {
  return ask !== undefined;
}

/** Leaves at once, or when the answer is yes. Whoever is being asked is not asked again. */
export async function whenLeft(leave: () => void): Promise<void> {
  if (ask === undefined) {
    leave();
    return;
  }
  if (isAsking) return;
  isAsking = true;
  try {
    if (!(await ask())) return;
    ask = undefined;
    leave();
  } finally {
    isAsking = false;
  }
}
