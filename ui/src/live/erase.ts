import { backend } from "../backend";
import type { EraseGround, EraseRights } from "../bindings";
import { touched, touchedCommand } from "./query.svelte";
import { windowId } from "./window";

export { failureOf, type Failure } from "../backend";

/** What somebody has chosen in the dialog. */
export interface Erasing {
  ground: EraseGround | null;
  decision: string;
  keep: boolean;
}

/** Why it cannot be done yet, or nothing. A decision that is the ground must be named. */
export function lacks({ ground, decision }: Erasing): "ground" | "decision" | null {
  if (ground === null) return "ground";
  return ground === "decision" && !decision.trim() ? "decision" : null;
}

/** Whether this computer may erase an item, and who else may. */
export function rightsTo(key: string): Promise<EraseRights> {
  return backend.call("erase_rights", { key });
}

/** Erases an item for everybody, or all but what it says now. Two root keys let anybody. */
export async function eraseItem(
  key: string,
  ground: EraseGround,
  of: Erasing,
  root_keys: string[],
): Promise<void> {
  const { decision, keep } = of;
  const erase = { key, ground, decision, keep_text: keep, window: windowId, root_keys };
  await backend.call("erase_item", erase);
  touchedCommand("erasures");
  touchedCommand("anonymous");
  touched([key]);
}
