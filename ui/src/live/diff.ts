import type { Edit, Scalar, VoicesOf } from "../bindings";
import type { EntryValues, Form, ListForm, Value, Values } from "./form";

/** The edits that lead from one state of a form to another: only what was changed. */
export function diff(form: Form, from: Values, to: Values, voices: VoicesOf[] = []): Edit[] {
  return [
    ...fieldEdits(form, from, to, voices),
    ...form.lists.flatMap((list) => listEdits(list, from, to, voices)),
    ...form.sets.flatMap(({ name }) => setEdits(name, from.sets[name] ?? [], to.sets[name] ?? [])),
  ];
}

function fieldEdits(form: Form, from: Values, to: Values, voices: VoicesOf[]): Edit[] {
  const edits: Edit[] = [];
  for (const { name, type } of form.fields) {
    const value = given(to.fields[name]);
    if (value === given(from.fields[name])) continue;
    if (type === "text") edits.push({ edit: "write", field: name, text: String(value ?? "") });
    else if (hasVoices(voices, null, null, name))
      edits.push({ edit: "choose", list: null, id: null, field: name, value });
    else edits.push({ edit: "set", field: name, value });
  }
  return edits;
}

/** Space at the ends is no change, as in the domain. */
function given(value: Value | undefined): Value {
  const text = typeof value === "string" ? value.trim() : value;
  return text === "" || text === undefined ? null : text;
}

function hasVoices(voices: VoicesOf[], list: string | null, id: string | null, field: string) {
  return voices.some((of) => of.list === list && of.id === id && of.field === field);
}

function listEdits(list: ListForm, from: Values, to: Values, voices: VoicesOf[]): Edit[] {
  const before = from.lists[list.name] ?? [];
  const all = to.lists[list.name] ?? [];
  const known = new Map(before.map((entry) => [entry.id, entry]));
  const after = all.filter((entry) => known.has(entry.id) || !isBlank(list, entry));
  const kept = unmoved(before, after);
  const edits: Edit[] = [];
  after.forEach((entry, at) => {
    const old = known.get(entry.id);
    const behind = after[at - 1]?.id ?? "";
    if (!old) {
      const last = at === after.length - 1;
      edits.push(added(list, entry, last ? null : behind));
      return;
    }
    if (!kept.has(entry.id))
      edits.push({ edit: "move", list: list.name, id: entry.id, after: behind });
    edits.push(...entryEdits(list, old, entry, voices));
  });
  return edits;
}

/** A new row in which nothing was written is no row. */
export function isBlank(list: ListForm, entry: EntryValues): boolean {
  const written = list.fields.filter(({ type }) => type !== "choice" && type !== "flag");
  return written.every(({ name }) => given(entry.fields[name]) === null);
}

function added(list: ListForm, entry: EntryValues, after: string | null): Edit {
  const fields: Record<string, Scalar> = {};
  for (const { name } of list.fields) {
    const value = given(entry.fields[name]);
    if (value !== null) fields[name] = value;
  }
  return { edit: "add", list: list.name, id: entry.id, fields, after };
}

function entryEdits(
  list: ListForm,
  old: EntryValues,
  now: EntryValues,
  voices: VoicesOf[],
): Edit[] {
  const edits: Edit[] = [];
  const at = { list: list.name, id: now.id };
  for (const { name } of list.fields) {
    const value = given(now.fields[name]);
    if (value === given(old.fields[name])) continue;
    const edit = hasVoices(voices, at.list, at.id, name) ? "choose" : "set_in";
    edits.push({ edit, ...at, field: name, value });
  }
  if (now.removed !== old.removed) edits.push({ edit: "remove", ...at, removed: now.removed });
  return edits;
}

function setEdits(set: string, from: string[], to: string[]): Edit[] {
  const gone = from.filter((key) => !to.includes(key));
  const come = to.filter((key) => !from.includes(key));
  return [
    ...gone.map((key): Edit => ({ edit: "put", set, key, present: false })),
    ...come.map((key): Edit => ({ edit: "put", set, key, present: true })),
  ];
}

/** The largest group of entries that kept their order: the others were moved. */
function unmoved(before: EntryValues[], after: EntryValues[]): Set<string> {
  const place = new Map(before.map((entry, at) => [entry.id, at]));
  const ids = after.map((entry) => entry.id).filter((id) => place.has(id));
  const best: { length: number; from: number }[] = [];
  let top = -1;
  ids.forEach((id, at) => {
    best[at] = { length: 1, from: -1 };
    for (let earlier = 0; earlier < at; earlier += 1) {
      const grows = (place.get(ids[earlier]!) ?? 0) < (place.get(id) ?? 0);
      const length = best[earlier]!.length + 1;
      if (grows && length > best[at]!.length) best[at] = { length, from: earlier };
    }
    if (top < 0 || best[at]!.length > best[top]!.length) top = at;
  });
  const kept = new Set<string>();
  for (let at = top; at >= 0; at = best[at]!.from) kept.add(ids[at]!);
  return kept;
}
