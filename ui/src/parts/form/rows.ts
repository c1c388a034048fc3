import type { EntryValues, ListForm, Value, Values } from "../../live/form";

interface NewRow {
  id: string;
  given: Record<string, Value>;
  behind?: string | undefined;
}

/** A new row behind the last one of its group. */
export function addRow(values: Values, list: ListForm, { id, given, behind }: NewRow): void {
  const entries = (values.lists[list.name] ??= []);
  const empty = Object.fromEntries(list.fields.map(({ name }) => [name, null]));
  const entry: EntryValues = { id, removed: false, fields: { ...empty, ...given } };
  const at = entries.findIndex((other) => other.id === behind);
  entries.splice(at < 0 ? entries.length : at + 1, 0, entry);
}

interface RowMove {
  id: string;
  by: -1 | 1;
  /** Ids of the group in the order that is shown. */
  shown: string[];
}

/** Moves a row past the next one of its group. */
export function moveRow(values: Values, list: string, { id, by, shown }: RowMove): void {
  const entries = values.lists[list] ?? [];
  const other = shown[shown.indexOf(id) + by];
  const from = entries.findIndex((entry) => entry.id === id);
  if (other === undefined || from < 0) return;
  const [entry] = entries.splice(from, 1);
  const to = entries.findIndex((one) => one.id === other);
  if (entry) entries.splice(by > 0 ? to + 1 : to, 0, entry);
}

/** Takes a row out of sight. One that was never saved goes for good. */
export function takeAway(values: Values, list: string, id: string, isNew: boolean): void {
  const entries = values.lists[list] ?? [];
  const at = entries.findIndex((entry) => entry.id === id);
  const entry = entries[at];
  if (!entry) return;
  if (isNew) entries.splice(at, 1);
  else entry.removed = true;
}

export function putBack(values: Values, list: string, id: string): void {
  const entry = values.lists[list]?.find((entry) => entry.id === id);
  if (entry) entry.removed = false;
}

export function writeIn(
  values: Values,
  list: string,
  id: string,
  field: string,
  value: Value,
): void {
  const entry = values.lists[list]?.find((entry) => entry.id === id);
  if (entry) entry.fields[field] = value;
}
