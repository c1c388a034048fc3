import { backend } from "../backend";
import type { Edit, Edited, Head, VoiceOf, VoicesOf } from "../bindings";
import { touched } from "./query.svelte";
import { windowId } from "./window";

type Versioned = Pick<Head, "key" | "heads">;

/** One save outside a form: a click that means one thing. */
export async function write({ key, heads }: Versioned, edits: Edit[]): Promise<Edited> {
  const edited = await backend.call("edit_item", { key, heads, edits, window: windowId });
  touched([key]);
  return edited;
}

/** Settles several texts of one field: this one stands. */
export function choose(of: Versioned, { list, id, field }: VoicesOf, value: VoiceOf["value"]) {
  return write(of, [{ edit: "choose", list, id, field, value }]);
}

export function archive(of: Versioned, archived: boolean): Promise<Edited> {
  return write(of, [{ edit: "set", field: "archived", value: archived }]);
}

/** One turns out to be another, or nothing more than itself. */
export function mergeInto(of: Versioned & Pick<Head, "voices">, value: string | null) {
  const field = "merged_into";
  const several = of.voices.some((voices) => voices.list === null && voices.field === field);
  const edit: Edit = several
    ? { edit: "choose", list: null, id: null, field, value }
    : { edit: "set", field, value };
  return write(of, [edit]);
}

/** Brings an item of any kind back, on the version that it has now. */
export async function restore(key: string): Promise<Edited> {
  return archive(await backend.call("head", { key }), false);
}
