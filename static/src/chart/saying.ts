// One line that says what happened; it is read aloud, and shown for a while.

const SHOWN = 9_000;
const SHOWN_WRONG = 30_000;

export class Saying {
  private timer = 0;

  constructor(private readonly place: HTMLElement) {
    place.addEventListener("click", () => this.hush());
  }

  /** `wrong` marks a refusal or a failure, which stays longer. */
  say(sentence: string, wrong = false): void {
    window.clearTimeout(this.timer);
    this.place.classList.toggle("is-wrong", wrong);
    // The same sentence twice is news, too: only a changed text is read aloud.
    this.place.textContent = this.place.textContent === sentence ? `${sentence}\u00a0` : sentence;
    this.timer = window.setTimeout(() => this.hush(), wrong ? SHOWN_WRONG : SHOWN);
  }

  hush(): void {
    this.place.textContent = "";
  }
}
