// The sentences the scripts say, in the reader's language; the page carries them as JSON.

function read(id: string): Record<string, string> {
  const element = document.getElementById(id);
  return element ? (JSON.parse(element.textContent || "{}") as Record<string, string>) : {};
}

const found = new Map<string, Record<string, string>>();

/** The sentence `name` of the list `id`, its {places} filled. */
export function word(name: string, places: Record<string, string> = {}, id = "words"): string {
  if (!found.has(id)) found.set(id, read(id));
  const sentence = found.get(id)?.[name] ?? name;
  return sentence.replace(/\{(\w+)\}/g, (whole, place: string) => places[place] ?? whole);
}

/** A moment as the reader writes it: the time, and the day unless it is today. */
export function moment(at: number): string {
  const time = new Date(at);
  const today = time.toDateString() === new Date().toDateString();
  const day: Intl.DateTimeFormatOptions = today ? {} : { day: "numeric", month: "long" };
  const language = document.documentElement.lang || "en";
  return new Intl.DateTimeFormat(language, { ...day, hour: "2-digit", minute: "2-digit" }).format(time);
}
