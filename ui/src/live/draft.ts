import type { Edit, SavedDraft } from "../bindings";
import type { Form } from "./form";

/** The field under which everything is kept that is no text of one field. */
const REST = "*";

/** Rows of the draft store, by field. An emptied field is no text, so it goes with the rest. */
export function draftRows(edits: Edit[]): Map<string, string> {
  const rows = new Map<string, string>();
  const rest: Edit[] = [];
  for (const edit of edits) {
    const row = textRow(edit);
    if (row) rows.set(...row);
    else rest.push(edit);
  }
  if (rest.length > 0) rows.set(REST, JSON.stringify(rest));
  return rows;
}

function textRow(edit: Edit): [string, string] | null {
  switch (edit.edit) {
    case "write":
      return edit.text ? [edit.field, edit.text] : null;
    case "set":
      return typeof edit.value === "string" ? [edit.field, edit.value] : null;
    case "set_in":
      return typeof edit.value === "string"
        ? [`${edit.list}/${edit.id}/${edit.field}`, edit.value]
        : null;
    case "choose": {
      const path = edit.list ? `${edit.list}/${edit.id}/${edit.field}` : edit.field;
      return typeof edit.value === "string" ? [path, edit.value] : null;
    }
    default:
      return null;
  }
}

/** The edits that a draft stands for. Entries come before the texts that are written in them. */
export function editsOf(form: Form, drafts: SavedDraft[]): Edit[] {
  const rest = drafts
    .filter((draft) => draft.field === REST)
    .flatMap((draft) => parsed(draft.text));
  const texts = drafts
    .filter((draft) => draft.field !== REST)
    .map((draft) => textEdit(form, draft));
  return [...rest, ...texts];
}

function parsed(text: string): Edit[] {
  try {
    return JSON.parse(text) as Edit[];
  } catch {
    return [];
  }
}

function textEdit(form: Form, { field: path, text }: SavedDraft): Edit {
  const [list, id, field] = path.split("/");
  if (id !== undefined && field !== undefined && list !== undefined) {
    return { edit: "set_in", list, id, field, value: text };
  }
  const isText = form.fields.some((of) => of.name === path && of.type === "text");
  return isText ? { edit: "write", field: path, text } : { edit: "set", field: path, value: text };
}

/** What one window had typed. */
export interface DraftOffer {
  window: string;
  heads: string[];
  updatedAt: number;
  drafts: SavedDraft[];
}

/** Drafts by window, the newest first. */
export function offersOf(drafts: SavedDraft[]): DraftOffer[] {
  const offers = new Map<string, DraftOffer>();
  for (const draft of drafts) {
    const offer = offers.get(draft.window);
    if (!offer) {
      const { window, heads, updated_at: updatedAt } = draft;
      offers.set(window, { window, heads, updatedAt, drafts: [draft] });
      continue;
    }
    offer.drafts.push(draft);
    if (draft.updated_at > offer.updatedAt) offer.updatedAt = draft.updated_at;
  }
  return [...offers.values()].sort((a, b) => b.updatedAt - a.updatedAt);
}
