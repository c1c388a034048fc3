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

/** Brings an item of any kind back, on the version that it has now. */
export async function restore(key: string): Promise<Edited> {
  return archive(await backend.call("head", { key }), false);
}
