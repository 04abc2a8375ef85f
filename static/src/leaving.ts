// Whoever signs out leaves nothing of a chart in this browser: no place, no typed text.

function forget(store: Storage): void {
  for (const key of Object.keys(store)) if (key.startsWith("chart-")) store.removeItem(key);
}

export function startLeaving(): void {
  document.addEventListener("submit", (event) => {
    if (!(event.target instanceof HTMLFormElement) || !("endsDrafts" in event.target.dataset)) return;
    try {
      forget(localStorage);
      forget(sessionStorage);
    } catch {
      // The browser forbids the stores, so nothing was kept either.
    }
  });
}
