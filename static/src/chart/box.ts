// Draws one box from its look, and draws it anew only when the look has changed.

import type { Measures } from "./measures";
import { hasFoot, initials, type Look } from "./looks";
import { shorterNames, surnameOf } from "./names";
import { picture, svg } from "./svg";
import { cut, lines, widthOf } from "./text";
import { say, term } from "./wording";

export interface Fonts { name: string; title: string; small: string; far: string }

export const ATTITUDE_PICTURES: Record<string, string> = {
  mentor: "hand-thumbs-up-fill", supporter: "hand-thumbs-up", neutral: "dash-circle",
  sceptic: "hand-thumbs-down", enemy: "hand-thumbs-down-fill",
};
const PAD = 12;
const LINE = 16;
const MARK = 18;

export class BoxPainter {
  constructor(private readonly measures: Measures, private readonly fonts: Fonts) {}

  heightOf(look: Look): number {
    return hasFoot(look) ? this.measures.tall : this.measures.height;
  }

  /** All that stands inside the box, in order from back to front. */
  paint(look: Look, below: number, hidden: number): SVGElement[] {
    const height = this.heightOf(look);
    const parts: SVGElement[] = this.card(look, height);
    const right = this.corner(look, parts);
    this.nameLine(look, right, parts);
    this.titleLines(look, parts);
    if (hasFoot(look)) this.foot(look, parts);
    parts.push(this.farName(look, height));
    if (below) parts.push(this.fold(hidden, height));
    if (look.marks.length) parts.push(this.flag(look));
    return parts;
  }

  private card(look: Look, height: number): SVGElement[] {
    const card: SVGElement[] = [svg("rect", { class: "box-card", width: this.measures.width, height, rx: 8 })];
    if (!look.attitude) return card;
    const edge = `M7 0H8V${height}H7A7 7 0 0 1 0 ${height - 7}V7A7 7 0 0 1 7 0Z`;
    return [...card, svg("path", { class: `box-edge is-${look.attitude}`, d: edge })];
  }

  /** Seen from afar only the surname stands in the box, large. */
  private farName(look: Look, height: number): SVGElement {
    const words = cut(look.nobody ? look.name : surnameOf(look.name), this.measures.width - 2 * PAD, this.fonts.far);
    return svg("text", { class: `box-far${look.nobody ? " is-nobody" : ""}`, x: PAD, y: height / 2 + 10 }, words);
  }

  /** The signs in the upper right corner; answers how much room they leave. */
  private corner(look: Look, parts: SVGElement[]): number {
    let x = this.measures.width - PAD + 4;
    if (look.guess) parts.push(...this.sign("?", (x -= MARK)));
    const sign = (name: string, kind: string): void => {
      parts.push(picture(name, (x -= MARK), 11, 15, kind));
    };
    if (look.attitude) sign(ATTITUDE_PICTURES[look.attitude] ?? "dash-circle", `box-attitude is-${look.attitude}`);
    if (look.contacts && !look.contacts.length) sign("eye-slash", "box-nobody-knows");
    if (look.committee) sign("people", "box-kind");
    return x - 4;
  }

  private sign(text: string, x: number): SVGElement[] {
    return [
      svg("circle", { class: "box-sign", cx: x + 8, cy: 18, r: 8 }),
      svg("text", { class: "box-sign-text", x: x + 8, y: 22 }, text),
    ];
  }

  private nameLine(look: Look, right: number, parts: SVGElement[]): void {
    let x = PAD;
    if (look.nobody) {
      parts.push(picture(look.nobody === "vacant" ? "person-dash" : "question-circle", x, 11, 14, "box-nobody-picture"));
      x += 20;
    }
    const pill = look.acting ? say("actingShort") : look.more ? `+${look.more}` : "";
    const room = right - x - (pill ? widthOf(pill, this.fonts.small) + 18 : 0);
    const names = look.nobody ? [look.name] : shorterNames(look.name);
    const fitting = names.find((name) => widthOf(name, this.fonts.name) <= room) ?? names.at(-1) ?? "";
    const shown = cut(fitting, room, this.fonts.name);
    const kind = look.nobody ? "box-name is-nobody" : `box-name fade-${look.nameFade}`;
    parts.push(svg("text", { class: kind, x, y: 23 }, shown));
    if (!pill) return;
    const after = x + widthOf(shown, this.fonts.name) + 6;
    parts.push(...this.pill(pill, after, 11, look.acting ? "is-acting" : "is-more"));
  }

  private pill(text: string, x: number, y: number, kind: string): SVGElement[] {
    const width = widthOf(text, this.fonts.small) + 12;
    return [
      svg("rect", { class: `box-pill ${kind}`, x, y, width, height: 16, rx: 8 }),
      svg("text", { class: `box-pill-text ${kind}`, x: x + 6, y: y + 12 }, text),
    ];
  }

  private titleLines(look: Look, parts: SVGElement[]): void {
    const room = this.measures.width - 2 * PAD;
    const shown = lines(look.title || say("noTitle"), room, this.fonts.title, 2);
    let y = 41;
    for (const line of shown) {
      parts.push(svg("text", { class: `box-title fade-${look.titleFade}`, x: PAD, y }, line));
      y += LINE;
    }
    if (shown.length < 2 && look.unit) {
      parts.push(svg("text", { class: "box-unit", x: PAD, y }, cut(look.unit, room, this.fonts.small)));
    }
  }

  private foot(look: Look, parts: SVGElement[]): void {
    const y = this.measures.tall - 24;
    const left = this.contacts(look, y, parts);
    const [first, ...rest] = look.roles;
    if (!first) return;
    const more = rest.length ? ` +${rest.length}` : "";
    const room = left - PAD - 14;
    const words = cut(term("role", first), room - widthOf(more, this.fonts.small), this.fonts.small) + more;
    parts.push(...this.pill(words, PAD - 4, y, "is-role"));
  }

  /** Our people who know whoever holds the position, from the right; answers where they begin. */
  private contacts(look: Look, y: number, parts: SVGElement[]): number {
    let x = this.measures.width - PAD;
    if (!look.contacts?.length) return x;
    const shown = look.contacts.slice(0, 3);
    if (look.contacts.length > 3) {
      parts.push(svg("text", { class: "box-more", x, y: y + 12 }, `+${look.contacts.length - 3}`));
      x -= 18;
    }
    for (const contact of shown) {
      parts.push(svg("circle", { class: `box-contact is-${contact.coverage}`, cx: x - 9, cy: y + 8, r: 9 }));
      parts.push(svg("text", { class: "box-contact-text", x: x - 9, y: y + 11.5 }, initials(contact.name)));
      x -= 21;
    }
    return x;
  }

  /** The handle at the foot: how many are hidden, or a sign that the branch can be folded. */
  private fold(hidden: number, height: number): SVGElement {
    const { width } = this.measures;
    const text = hidden ? `+${hidden}` : "–";
    const wide = hidden ? widthOf(text, this.fonts.small) + 16 : 18;
    const kind = `box-fold${hidden ? " is-shut" : ""}`;
    const handle = svg("g", { class: kind, "data-fold": "", transform: `translate(${width / 2} ${height})` });
    const inside = svg("g", { class: "box-fold-inside" });
    handle.append(inside);
    inside.append(
      svg("rect", { class: "box-fold-hold", x: -wide / 2 - 4, y: -13, width: wide + 8, height: 26 }),
      svg("rect", { class: "box-fold-card", x: -wide / 2, y: -9, width: wide, height: 18, rx: 9 }),
      svg("text", { class: "box-fold-text", y: 4 }, text),
    );
    return handle;
  }

  /** The words of the comparison, on the upper edge. */
  private flag(look: Look): SVGElement {
    const words = look.marks.map((mark) => mark.words).join(" · ");
    const shown = cut(words, this.measures.width - 32, this.fonts.small);
    const flag = svg("g", { class: `box-flag is-${look.marks[0]?.kind ?? ""}`, transform: "translate(10 -9)" });
    flag.append(
      svg("rect", { class: "box-flag-card", width: widthOf(shown, this.fonts.small) + 14, height: 18, rx: 4 }),
      svg("text", { class: "box-flag-text", x: 7, y: 13 }, shown),
    );
    return flag;
  }
}
