// htmx, set up for a strict policy: no eval, no inline styles, only our own server.
import htmx from "htmx.org";

import { csrfToken, tellNewPart } from "./dom";

export function startRequests(): void {
  Object.assign(htmx.config, {
    includeIndicatorStyles: false,
    allowEval: false,
    allowScriptTags: false,
    selfRequestsOnly: true,
    historyCacheSize: 0,
    timeout: 20_000,
  });
  document.addEventListener("htmx:configRequest", (event) => {
    const { detail } = event as CustomEvent<{ verb: string; headers: Record<string, string> }>;
    if (detail.verb !== "get") detail.headers["X-CSRFToken"] = csrfToken();
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.target instanceof Element) tellNewPart(event.target);
  });
}
