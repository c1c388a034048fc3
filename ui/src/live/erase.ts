import type { EraseGround } from "../bindings";

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
