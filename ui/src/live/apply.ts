import type { Edit } from "../bindings";
import { copyOf, type Form, type Values } from "./form";

/** The values after the edits. What an edit names and the form does not have is left out. */
export function apply(form: Form, values: Values, edits: Edit[]): Values {
  const out = copyOf(values);
  for (const edit of edits) one(form, out, edit);
  return out;
}

function one(form: Form, out: Values, edit: Edit): void {
  switch (edit.edit) {
    case "set":
      if (edit.field in out.fields) out.fields[edit.field] = edit.value;
      return;
    case "write":
      if (edit.field in out.fields) out.fields[edit.field] = edit.text;
      return;
    case "choose":
      if (edit.list !== null) inEntry(out, edit.list, edit.id, edit.field, edit.value);
      else if (edit.field in out.fields) out.fields[edit.field] = edit.value;
      return;
    case "set_in":
      inEntry(out, edit.list, edit.id, edit.field, edit.value);
      return;
    case "remove": {
      const entry = out.lists[edit.list]?.find((entry) => entry.id === edit.id);
      if (entry) entry.removed = edit.removed;
      return;
    }
    case "put": {
      const rest = (out.sets[edit.set] ?? []).filter((key) => key !== edit.key);
      if (edit.set in out.sets) out.sets[edit.set] = edit.present ? [...rest, edit.key] : rest;
      return;
    }
    case "add":
      add(form, out, edit);
      return;
    case "move":
      move(out, edit.list, edit.id, edit.after);
  }
}

function inEntry(
  out: Values,
  list: string,
  id: string | null,
  field: string,
  value: Values["fields"][string],
): void {
  const entry = out.lists[list]?.find((entry) => entry.id === id);
  if (entry && field in entry.fields) entry.fields[field] = value;
}

function add(form: Form, out: Values, edit: Edit & { edit: "add" }): void {
  const list = form.lists.find((list) => list.name === edit.list);
  const entries = out.lists[edit.list];
  if (!list || !entries || entries.some((entry) => entry.id === edit.id)) return;
  const fields = Object.fromEntries(
    list.fields.map(({ name }) => [name, edit.fields[name] ?? null]),
  );
  entries.push({ id: edit.id, removed: false, fields });
  move(out, edit.list, edit.id, edit.after);
}

function move(out: Values, list: string, id: string, after: string | null): void {
  const entries = out.lists[list] ?? [];
  const at = entries.findIndex((entry) => entry.id === id);
  if (at < 0) return;
  const [entry] = entries.splice(at, 1);
  if (!entry) return;
  const behind = entries.findIndex((other) => other.id === after);
  const to = after === "" ? 0 : behind < 0 ? entries.length : behind + 1;
  entries.splice(to, 0, entry);
}
