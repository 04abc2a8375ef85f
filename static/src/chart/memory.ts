// What the browser remembers of a chart: how one looks at it, never what stands in it.

export interface Layers { roles: boolean; attitude: boolean; coverage: boolean; influence: boolean; dotted: boolean }

export const USUAL_LAYERS: Layers = { roles: true, attitude: true, coverage: false, influence: false, dotted: true };

/** Where a box stood on the screen, so that the same part is seen again though the chart has grown. */
export interface Sight { scale: number; box: number; x: number; y: number }

/** What is kept is of one person; `leaving.ts` knows the beginning. */
export function ownKey(name: string): string {
  return `chart-${document.body.dataset["person"] ?? ""}-${name}`;
}

interface Kept { sight?: Sight; folded?: number[]; layers?: Partial<Layers>; deal?: string }

export class Memory {
  private kept: Kept;
  private readonly key: string;

  constructor(client: number) {
    this.key = ownKey(`look-${client}`);
    this.kept = this.read();
  }

  private read(): Kept {
    try {
      const found: unknown = JSON.parse(localStorage.getItem(this.key) ?? "{}");
      return found && typeof found === "object" ? found : {};
    } catch {
      return {};
    }
  }

  private write(): void {
    try {
      localStorage.setItem(this.key, JSON.stringify(this.kept));
    } catch {
      // A full or forbidden store only means that the next visit starts afresh.
    }
  }

  get sight(): Sight | undefined {
    const sight = this.kept.sight;
    const whole = sight && [sight.scale, sight.box, sight.x, sight.y].every(Number.isFinite);
    return whole ? sight : undefined;
  }

  set sight(sight: Sight | undefined) {
    if (sight) this.kept.sight = sight;
    else delete this.kept.sight;
    this.write();
  }

  /** The folded branches, or nothing on the first visit. */
  get folded(): Set<number> | undefined {
    return Array.isArray(this.kept.folded) ? new Set(this.kept.folded) : undefined;
  }

  set folded(folded: Set<number> | undefined) {
    if (folded) this.kept.folded = [...folded];
    else delete this.kept.folded;
    this.write();
  }

  get layers(): Layers {
    return { ...USUAL_LAYERS, ...this.kept.layers };
  }

  set layers(layers: Layers) {
    this.kept.layers = layers;
    this.write();
  }

  get deal(): string {
    return typeof this.kept.deal === "string" ? this.kept.deal : "";
  }

  set deal(deal: string) {
    this.kept.deal = deal;
    this.write();
  }
}
