import type { VoicesOf } from "../../bindings";
import type { Values } from "../../live/form";

function split(path: string): { list: string | null; id: string | null; field: string } {
  const [first = "", id, field] = path.split("/");
  return field === undefined
    ? { list: null, id: null, field: first }
    : { list: first, id: id ?? null, field };
}

/** All texts of a field one after the other, to be written together by hand. */
export function mergedTexts(voices: VoicesOf[], path: string): string | null {
  const at = split(path);
  const of = voices.find((of) => of.list === at.list && of.id === at.id && of.field === at.field);
  if (!of) return null;
  const texts = of.voices.map(({ value }) => value).filter((value) => typeof value === "string");
  return texts.join("\n\n");
}

export function writeAt(values: Values, path: string, text: string): void {
  const { list, id, field } = split(path);
  if (list === null) {
    values.fields[field] = text;
    return;
  }
  const entry = values.lists[list]?.find((entry) => entry.id === id);
  if (entry) entry.fields[field] = text;
}
