// Asks now and then, while the page is looked at, whether somebody else has changed the chart.

import type { Editing } from "./editing";
import { isFailure } from "./server";

const EVERY = 10_000;

export function watch(editing: Editing): void {
  let asking = false;
  const ask = async (): Promise<void> => {
    // A chart of the past changes, too: by what others write about that day.
    if (asking || document.hidden || editing.busy || editing.moment.known) return;
    asking = true;
    const base = editing.seenChange;
    const answer = await editing.server.version(base);
    asking = false;
    if (isFailure(answer) || editing.busy || answer.change <= editing.seenChange) return;
    await editing.othersChanged(answer.others ?? []);
  };
  window.setInterval(() => void ask(), EVERY);
  document.addEventListener("visibilitychange", () => void ask());
}
