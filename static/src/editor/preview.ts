// The page as readers will see it, drawn by the server's own renderer while one writes.

import { csrfToken, make } from "../dom";
import { word } from "../words";

const PAUSE = 350;

export class Preview {
  private timer: number | undefined;
  private request: AbortController | undefined;
  private shown: string | undefined;

  constructor(private readonly place: HTMLElement, private readonly source: HTMLTextAreaElement) {}

  soon(): void {
    if (this.source.value === this.shown) return;
    this.place.classList.add("preview-stale");
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.draw(), PAUSE);
  }

  async draw(): Promise<void> {
    const text = this.source.value;
    this.request?.abort();
    if (!text.trim()) return this.empty(text);
    this.request = new AbortController();
    try {
      const answer = await fetch(this.source.dataset["previewUrl"] ?? "", {
        method: "POST", body: this.data(text), signal: this.request.signal,
        headers: { "X-CSRFToken": csrfToken() },
      });
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      this.place.innerHTML = await answer.text(); // cleaned by the server, like every page
      this.shown = text;
      this.place.classList.remove("preview-stale");
    } catch (error) {
      if (!(error instanceof DOMException && error.name === "AbortError")) this.failed();
    }
  }

  private data(text: string): FormData {
    const data = new FormData();
    data.set("body", text);
    const language = this.source.form?.elements.namedItem("language");
    if (language && "value" in language) data.set("language", String(language.value));
    return data;
  }

  private empty(text: string): void {
    this.shown = text;
    this.place.classList.remove("preview-stale");
    this.place.replaceChildren(make("p", "quiet", word("previewEmpty", {}, "editor-words")));
  }

  private failed(): void {
    this.place.replaceChildren(make("p", "quiet", word("previewFailed", {}, "editor-words")));
  }
}

/** The preview scrolls along with the text, by the same share. */
export function scrollTogether(from: HTMLElement, to: HTMLElement): void {
  from.addEventListener("scroll", () => {
    const way = from.scrollHeight - from.clientHeight;
    if (way > 0) to.scrollTop = (from.scrollTop / way) * (to.scrollHeight - to.clientHeight);
  }, { passive: true });
}
