// Making SVG elements.

const SPACE = "http://www.w3.org/2000/svg";

type Value = string | number | boolean;

export function svg<K extends keyof SVGElementTagNameMap>(
  tag: K, attributes: Record<string, Value> = {}, text = "",
): SVGElementTagNameMap[K] {
  const element = document.createElementNS(SPACE, tag);
  for (const name in attributes) element.setAttribute(name, String(attributes[name]));
  if (text) element.textContent = text;
  return element;
}

/** A picture of the house's sprite, as a part of the drawing. */
export function picture(name: string, x: number, y: number, size: number, look: string): SVGUseElement {
  return svg("use", { href: `${sprite()}#${name}`, x, y, width: size, height: size, class: look });
}

let address = "";

function sprite(): string {
  address ||= document.querySelector<HTMLElement>("[data-chart]")?.dataset["icons"] ?? "";
  return address;
}
