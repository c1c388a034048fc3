import type { PlaybookPage, VariantOf, VoicesOf } from "../../bindings";
import { numbered, rowNames } from "../../live/card";
import { placeWords } from "../../messages/sv";

export function placeOf({ card, head }: PlaybookPage) {
  const named = { rows: rowNames(card, head.titles), titles: head.titles };
  return (list: string | null, entry: string | null, field: string) =>
    placeWords(list, entry, field, named);
}

/** Texts side by side in one row. */
export function voicesIn(voices: VoicesOf[], id: string): VoicesOf[] {
  return voices.filter((of) => of.id === id);
}

/** Texts side by side in the card's own fields and in rows that are out of sight. */
export function otherVoices({ card, head }: PlaybookPage): VoicesOf[] {
  const rows = [...card.steps, ...card.statements, ...card.deadlines];
  const shown = new Set(rows.filter((row) => !row.removed).map((row) => row.id));
  return head.voices.filter((of) => of.id === null || !shown.has(of.id));
}

/** Ways of one step. */
export function waysAt(variants: VariantOf[], step: string): VariantOf[] {
  return variants.filter(({ variant }) => variant.step === step);
}

export interface PlacedWay {
  way: VariantOf;
  /** Number of its step; none when it is about the whole card, or the step is gone. */
  number: number | null;
}

/** All ways, those of the whole card first, then by step. */
export function placedWays({ card, variants }: PlaybookPage): PlacedWay[] {
  const numbers = new Map(numbered(card).map(({ step, number }) => [step.id, number]));
  const placed = variants.map((way) => ({
    way,
    number: numbers.get(way.variant.step ?? "") ?? null,
  }));
  return placed.sort((a, b) => (a.number ?? 0) - (b.number ?? 0));
}
