// Sends a form with `data-save` by fetch, so that a cut connection leaves the text where it is.
// "Saved" is said only after the server's own answer. A second try of the same text bears the same
// save_key, so the server can answer with the revision it made the first time.

import { all, csrfToken, make, tellNewPart } from "./dom";
import { newId } from "./draft_store";
import { mayLeave } from "./drafts";
import { equal, type Fields, fieldsOf } from "./fields";
import { goOnFrom } from "./unsure";
import { word } from "./words";

const DEADLINE = 45_000;
const PAUSES = [3, 5, 10, 20, 30];

interface Attempt { fields: Fields; count: number; data?: FormData; timer?: number }
type Outcome =
  | { kind: "moved"; to: string }
  | { kind: "page"; html: string; status: number }
  | { kind: "cut" } | { kind: "broken" };

const attempts = new WeakMap<HTMLFormElement, Attempt>();
const busy = new WeakSet<HTMLFormElement>();

function show(form: HTMLFormElement, state: string, text: string, link?: HTMLElement): void {
  const place = form.querySelector<HTMLElement>("[data-save-state]");
  if (!place) return;
  place.dataset["state"] = state;
  place.replaceChildren(text, ...(link ? [" ", link] : []));
}

/** The same text keeps its key; a changed text is another save. */
function prepare(form: HTMLFormElement): Attempt {
  const fields = fieldsOf(form);
  const last = attempts.get(form);
  const key = form.querySelector<HTMLInputElement>("input[name=save_key]");
  if (last && !equal(last.fields, fields) && key) key.value = newId();
  const attempt: Attempt = { fields, count: last && equal(last.fields, fields) ? last.count + 1 : 0 };
  window.clearTimeout(last?.timer);
  attempts.set(form, attempt);
  return attempt;
}

async function post(form: HTMLFormElement, data: FormData): Promise<Outcome> {
  const headers = { "X-Saving": "1", "X-CSRFToken": csrfToken() };
  try {
    const answer = await fetch(form.action, {
      method: "POST", body: data, headers, signal: AbortSignal.timeout(DEADLINE),
    });
    if (answer.headers.get("Content-Type")?.startsWith("application/json")) {
      const said = (await answer.json()) as { redirect?: string };
      return said.redirect ? { kind: "moved", to: said.redirect } : { kind: "broken" };
    }
    if (answer.status >= 500 || answer.redirected) return { kind: "broken" };
    return { kind: "page", html: await answer.text(), status: answer.status };
  } catch {
    return { kind: "cut" };
  }
}

/** After signing in anew in another tab the old token is worthless: fetch a new one. */
async function renewToken(): Promise<boolean> {
  try {
    const answer = await fetch(location.href, { signal: AbortSignal.timeout(DEADLINE) });
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html")
      .querySelector<HTMLMetaElement>("meta[name=csrf-token]")?.content;
    const own = document.querySelector<HTMLMetaElement>("meta[name=csrf-token]");
    if (!fresh || !own || answer.redirected) return false;
    own.content = fresh;
    for (const field of all<HTMLInputElement>("input[name=csrf_token]")) field.value = fresh;
    return true;
  } catch {
    return false;
  }
}

function signedOut(form: HTMLFormElement, address: string): void {
  const link = make("a", "", word("signIn"));
  link.href = address;
  link.target = "_blank";
  show(form, "failed", word("signedOut"), link);
}

/** The server refused and sent the page again, with what is wrong beside the fields. */
function showPage(form: HTMLFormElement, html: string): void {
  const page = new DOMParser().parseFromString(html, "text/html");
  const next = page.querySelector(".page");
  const here = document.querySelector(".page");
  if (!next?.querySelector("form[data-save]") || !here) {
    const said = next?.querySelector(".lead")?.textContent?.trim();
    return show(form, "failed", said || word("serverError"));
  }
  const own = document.adoptNode(next);
  here.replaceWith(own);
  document.title = page.title;
  const token = page.querySelector<HTMLMetaElement>("meta[name=csrf-token]")?.content;
  if (token) document.querySelector("meta[name=csrf-token]")?.setAttribute("content", token);
  tellNewPart(own);
  window.scrollTo({ top: 0 });
  own.querySelector<HTMLElement>("[role=alert], .flash, [aria-invalid=true]")?.focus();
}

function tryLater(form: HTMLFormElement, attempt: Attempt): void {
  const seconds = PAUSES[Math.min(attempt.count, PAUSES.length - 1)] ?? 30;
  show(form, "failed", word("noConnection", { seconds: String(seconds) }));
  attempt.timer = window.setTimeout(() => again(form, attempt), seconds * 1000);
}

function again(form: HTMLFormElement, attempt: Attempt): void {
  if (!form.isConnected || busy.has(form)) return;
  // Text that was changed meanwhile is not finished: it is sent only when the person says so.
  if (equal(attempt.fields, fieldsOf(form))) void save(form, null);
  else show(form, "failed", word("noConnectionWait"));
}

/** Learn what became of an earlier sending whose answer was lost; false when it is still unknown. */
async function settle(form: HTMLFormElement): Promise<boolean> {
  const last = attempts.get(form);
  if (!last?.data || equal(last.fields, fieldsOf(form))) return true;
  window.clearTimeout(last.timer);
  last.data.set("csrf_token", csrfToken());
  const outcome = await post(form, last.data);
  if (outcome.kind === "cut") return false;
  try {
    if (outcome.kind === "moved") await goOnFrom(form, outcome.to, last.fields);
  } catch {
    return false;
  }
  delete last.data;
  return true;
}

async function save(form: HTMLFormElement, submitter: HTMLElement | null): Promise<void> {
  if (busy.has(form)) return;
  busy.add(form);
  show(form, "saving", word("saving"));
  if (!(await settle(form))) {
    busy.delete(form);
    mayLeave(form, false);
    return show(form, "failed", word("noConnectionWait"));
  }
  const attempt = prepare(form);
  const data = new FormData(form, submitter);
  let outcome = await post(form, data);
  if (outcome.kind === "page" && outcome.status === 400 && (await renewToken())) {
    data.set("csrf_token", csrfToken());
    outcome = await post(form, data);
  }
  busy.delete(form);
  if (outcome.kind === "cut") attempt.data = data;
  finish(form, attempt, outcome);
}

function finish(form: HTMLFormElement, attempt: Attempt, outcome: Outcome): void {
  if (outcome.kind === "moved" && !new URL(outcome.to, location.href).pathname.endsWith("/sign-in")) {
    show(form, "saved", word("saved"));
    mayLeave(form, equal(attempt.fields, fieldsOf(form)));
    return location.assign(outcome.to);
  }
  mayLeave(form, false);
  if (outcome.kind === "moved") signedOut(form, outcome.to);
  else if (outcome.kind === "page") showPage(form, outcome.html);
  else if (outcome.kind === "cut") tryLater(form, attempt);
  else show(form, "failed", word("serverError"));
}

export function startSaving(): void {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !("save" in form.dataset)) return;
    if (event.defaultPrevented) return;
    event.preventDefault();
    void save(form, event.submitter);
  });
  window.addEventListener("online", () => {
    for (const form of all<HTMLFormElement>("form[data-save]")) {
      const attempt = attempts.get(form);
      if (attempt?.timer) again(form, attempt);
    }
  });
}
