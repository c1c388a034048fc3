import type { Because, Edit, GuardHit } from "../bindings";
import type { Value, Values } from "./form";

/** Texts that an edit brings, by path: `title`, or `steps/<entry>/text`. */
export function textsOf(edits: Edit[]): Map<string, string> {
  const texts = new Map<string, string>();
  const put = (path: string, value: Value) => {
    if (typeof value === "string" && value !== "") texts.set(path, value);
  };
  for (const edit of edits) {
    switch (edit.edit) {
      case "set":
        put(edit.field, edit.value);
        break;
      case "write":
        put(edit.field, edit.text);
        break;
      case "set_in":
        put(`${edit.list}/${edit.id}/${edit.field}`, edit.value);
        break;
      case "choose":
        put(edit.list ? `${edit.list}/${edit.id}/${edit.field}` : edit.field, edit.value);
        break;
      case "add":
        for (const [field, value] of Object.entries(edit.fields))
          put(`${edit.list}/${edit.id}/${field}`, value);
    }
  }
  return texts;
}

/** The text with what the hit says in place of what it found. Places are of the trimmed text. */
export function reworded(text: string, hit: GuardHit): string {
  const parts = [...hit.rewording].sort((a, b) => b.start - a.start);
  return parts.reduce(
    (out, part) => out.slice(0, part.start) + part.text + out.slice(part.end),
    text.trim(),
  );
}

/** The words that a hit stands on. */
export function wordsOf(text: string, hit: GuardHit): string {
  return text.trim().slice(hit.start, hit.end);
}

export function textAt(values: Values, path: string): string {
  const [list = "", id, field] = path.split("/");
  if (id === undefined || field === undefined) return String(values.fields[list] ?? "");
  const entry = values.lists[list]?.find((entry) => entry.id === id);
  return String(entry?.fields[field] ?? "");
}

export function putText(values: Values, path: string, text: string): void {
  const [list = "", id, field] = path.split("/");
  if (id === undefined || field === undefined) {
    values.fields[list] = text;
    return;
  }
  const entry = values.lists[list]?.find((entry) => entry.id === id);
  if (entry) entry.fields[field] = text;
}

const OF_A_CONTACT: GuardHit["finding"][] = [
  "phone",
  "phone_or_personal_number",
  "email",
  "address",
  "name",
  "initials",
];

/** Why a hit may stay. Nothing lets a Stopp stay. */
export function reasonsFor(hit: GuardHit): Because[] {
  if (hit.level !== "ask") return [];
  const contact: Because[] = OF_A_CONTACT.includes(hit.finding) ? ["work_contact"] : [];
  return [...contact, "not_a_person", "public"];
}
