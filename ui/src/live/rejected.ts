import type { Edit, Rejected } from "../bindings";
import type { Value } from "./form";

/** `title`, or `steps/<entry>/text`: what an edit writes. */
interface Written {
  path: string;
  value: Value;
}

function writtenBy(edit: Edit, field: string, list: string | null): Written | null {
  switch (edit.edit) {
    case "set":
    case "choose":
      if (edit.field !== field) return null;
      if (edit.edit === "choose" && edit.list)
        return { path: `${edit.list}/${edit.id}/${field}`, value: edit.value };
      return list ? null : { path: field, value: edit.value };
    case "write":
      return !list && edit.field === field ? { path: field, value: edit.text } : null;
    case "set_in":
      if (edit.list !== list || edit.field !== field) return null;
      return { path: `${list}/${edit.id}/${field}`, value: edit.value };
    case "add":
      if (edit.list !== list) return null;
      return { path: `${list}/${edit.id}/${field}`, value: edit.fields[field] ?? null };
    default:
      return null;
  }
}

function breaks({ value }: Written, rejected: Rejected): boolean {
  if (rejected.reason === "required") return value === null;
  if (rejected.reason === "too_long") return [...String(value ?? "")].length > rejected.max;
  return value !== null;
}

/** The field that was refused. The core names the list but not the row, so the row is sought. */
export function refusedPath(rejected: Rejected, edits: Edit[]): string {
  const [first = "", second] = rejected.path.split("/");
  const list = second === undefined ? null : first;
  const field = second ?? first;
  const written = edits.map((edit) => writtenBy(edit, field, list)).filter((w) => w !== null);
  const found = written.find((one) => breaks(one, rejected)) ?? written[0];
  return found?.path ?? rejected.path;
}
