import type { GuardHit, Kind } from "../../bindings";
import type { Choice, Field, Values } from "../../live/form";

/** What references may be set to, by kind. */
export type Options = Partial<Record<Kind, Choice[]>>;

/** What a reference is set to stays choosable, also when it has been archived. */
export function optionsFor(
  field: Field,
  options: Options,
  value: unknown,
  titles: Record<string, string>,
): Choice[] {
  const all = (field.of ?? []).flatMap((kind) => options[kind] ?? []);
  const known = field.noFou ? all.filter(({ fou }) => !fou) : all;
  if (typeof value !== "string" || value === "") return known;
  if (known.some((choice) => choice.value === value)) return known;
  return [{ value, label: titles[value] ?? value }, ...known];
}

/** Everything a form needs from outside to be shown. */
export interface FormView {
  values: Values;
  options: Options;
  titles: Record<string, string>;
  today: string;
  /** The refused field and what is said about it. */
  said: { path: string; words: string } | null;
  /** What the guard says of a field. */
  hits: (path: string) => GuardHit[];
  /** Puts in what the guard proposes. */
  reword: (hit: GuardHit) => void;
  /** The one way in which a form changes its values. */
  change: (work: (values: Values) => void) => void;
}
