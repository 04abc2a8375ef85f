// Pages of figures: draws what their tables say, out of the JSON that the API gives.

import { all } from "./dom";
import { discountGroups, discountSteps, type Discounts } from "./figures/discounts";
import { type Forecast, outlook } from "./figures/forecast";
import { change, groups, periods, type Report } from "./figures/report";

type Draw = (data: never, width: number) => Element[];

const drawings: Record<string, Draw> = {
  ...({ change, periods, groups } satisfies Record<string, (data: Report, width: number) => Element[]>),
  ...({ outlook } satisfies Record<string, (data: Forecast, width: number) => Element[]>),
};

const discounts = { discountSteps, discountGroups } satisfies Record<string, (data: Discounts, width: number) => Element[]>;
Object.assign(drawings, discounts);

function start(): void {
  const data = JSON.parse(document.getElementById("figures-data")?.textContent ?? "null") as never;
  if (data === null) return;
  for (const place of all("[data-drawing]")) {
    const draw = drawings[place.dataset["drawing"] ?? ""];
    if (draw) show(place, (width) => draw(data, width));
  }
  for (const legend of all("[data-drawing-legend]")) legend.hidden = false;
}

function show(place: HTMLElement, draw: (width: number) => Element[]): void {
  let width = 0;
  place.hidden = false;
  const again = () => {
    const now = Math.min(Math.floor(place.clientWidth), 900);
    if (now < 100 || now === width) return;
    width = now;
    place.replaceChildren(...draw(now));
  };
  new ResizeObserver(again).observe(place);
  again();
}

start();
