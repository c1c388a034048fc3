import { backend } from "../backend";
import type { UseLan } from "../bindings";
import { touchedCommand } from "./query.svelte";

export async function setRelays(relays: string[]): Promise<void> {
  await backend.call("set_relays", { relays });
  roadChanged();
}

export async function useLan(lan: UseLan): Promise<void> {
  await backend.call("use_lan", lan);
  roadChanged();
}

export async function retryRoad(): Promise<void> {
  await backend.call("retry_road", {});
  roadChanged();
}

/** Addresses as they are typed, one a line. */
export function relayLines(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
}

/** What depends on the road: its state, who belongs, and where a change has come. */
export function roadChanged(): void {
  for (const command of ["road", "krets", "krets_people", "late_items", "delivery"] as const)
    touchedCommand(command);
}
