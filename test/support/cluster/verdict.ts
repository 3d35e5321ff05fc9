import type { ClusterRun } from './cluster-run.js';

/** A small run of three programs. */
export const load = {
  instances: 3,
  longestPauseMs: 1200,
  killEveryMs: 1500,
  seed: 7,
};

/** What matters of a run. */
export function verdictOf(run: ClusterRun) {
  const { accepted, answered, unanswered, outOfOrder, calledAgain, exitCodes, outages } = run;
  const isTried = run.kills + run.terms > 1;
  const faults = exitCodes.filter((code) => code !== 0);
  return { accepted, answered, unanswered, outOfOrder, calledAgain, outages, isTried, faults };
}

/** Everything was answered, in order, and nothing asked for again. */
export const allOf = (messages: number): ReturnType<typeof verdictOf> => ({
  accepted: messages,
  answered: messages,
  unanswered: [],
  outOfOrder: [],
  calledAgain: [],
  outages: 1,
  isTried: true,
  faults: [],
});
