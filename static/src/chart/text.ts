// How much room words take, so that they end before the box does.

const widths = new Map<string, Map<string, number>>();
let pen: CanvasRenderingContext2D | null = null;

/** Width of a piece of text without spaces at its ends; words repeat in a chart, so each is measured once. */
function measured(piece: string, font: string): number {
  let known = widths.get(font);
  if (!known) widths.set(font, (known = new Map<string, number>()));
  let width = known.get(piece);
  if (width === undefined) {
    pen ??= document.createElement("canvas").getContext("2d");
    if (!pen) return piece.length * 8;
    pen.font = font;
    width = pen.measureText(piece).width;
    if (known.size > 20_000) known.clear();
    known.set(piece, width);
  }
  return width;
}

export function widthOf(text: string, font: string): number {
  const words = text.split(" ");
  const spaces = (words.length - 1) * measured("\u00a0", font);
  return words.reduce((sum, piece) => sum + measured(piece, font), spaces);
}

/** The beginning of the text that fits, with "…" where it was cut. */
export function cut(text: string, room: number, font: string): string {
  const whole = widthOf(text, font);
  if (whole <= room) return text;
  const letters = Array.from(text);
  let kept = Math.max(1, Math.floor((letters.length * room) / whole));
  while (kept > 1 && widthOf(`${letters.slice(0, kept).join("").trimEnd()}…`, font) > room) kept--;
  return `${letters.slice(0, kept).join("").trimEnd()}…`;
}

/** The text in at most `most` lines; the last one is cut. */
export function lines(text: string, room: number, font: string, most: number): string[] {
  const words = text.split(/\s+/).filter(Boolean);
  const done: string[] = [];
  let line = "";
  while (words.length && done.length < most - 1) {
    const longer = line ? `${line} ${words[0]}` : (words[0] as string);
    if (line && widthOf(longer, font) > room) { done.push(line); line = ""; continue; }
    line = longer;
    words.shift();
  }
  const rest = [line, ...words].filter(Boolean).join(" ");
  if (rest) done.push(rest);
  return done.map((one) => cut(one, room, font));
}
