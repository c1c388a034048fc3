import type { Kind, Scalar } from "../bindings";

export type FieldType =
  | "line"
  | "prose"
  | "text"
  | "date"
  | "year"
  | "flag"
  | "number"
  | "choice"
  | "ref"
  | "web"
  | "email"
  | "length";

export interface Choice {
  value: string;
  label: string;
  /** An organisation that is FoU. */
  fou?: boolean;
}

export interface Field {
  name: string;
  type: FieldType;
  label: string;
  help?: string;
  required?: boolean;
  choices?: Choice[];
  /** What a reference may point to. */
  of?: Kind[];
  /** FoU is no choice: it holds no areas and handles no cases. */
  noFou?: boolean;
}

export interface ListForm {
  name: string;
  label: string;
  add: string;
  fields: Field[];
  max: number;
}

export interface SetForm {
  name: string;
  label: string;
  help?: string;
  of: Kind;
}

/** What can be written on an item of one kind. */
export interface Form {
  kind: Kind;
  fields: Field[];
  lists: ListForm[];
  sets: SetForm[];
}

export type Value = Scalar | null;

export interface EntryValues {
  id: string;
  removed: boolean;
  fields: Record<string, Value>;
}

/** What stands in a form. */
export interface Values {
  fields: Record<string, Value>;
  lists: Record<string, EntryValues[]>;
  sets: Record<string, string[]>;
}

type View = Record<string, unknown>;

function scalar(value: unknown): Value {
  const known =
    typeof value === "string" || typeof value === "number" || typeof value === "boolean";
  return known && value !== "" ? value : null;
}

function picked(fields: Field[], view: View): Record<string, Value> {
  return Object.fromEntries(fields.map((field) => [field.name, chosen(field, view[field.name])]));
}

/** A word that is none of the choices, as the core says it of nothing chosen, is nothing. */
function chosen({ choices }: Field, raw: unknown): Value {
  const value = scalar(raw);
  return !choices || choices.some((choice) => choice.value === value) ? value : null;
}

/** Reads a view of the item into the shape of its form. */
export function valuesOf(form: Form, view: object): Values {
  const of = view as View;
  const entries = (list: ListForm) =>
    ((of[list.name] ?? []) as View[]).map((entry) => ({
      id: String(entry["id"]),
      removed: entry["removed"] === true,
      fields: picked(list.fields, entry),
    }));
  return {
    fields: picked(form.fields, of),
    lists: Object.fromEntries(form.lists.map((list) => [list.name, entries(list)])),
    sets: Object.fromEntries(
      form.sets.map((set) => [set.name, [...((of[set.name] ?? []) as string[])]]),
    ),
  };
}

export function copyOf(values: Values): Values {
  return structuredClone(values);
}
