import { backend } from "../backend";
import { touchedCommand } from "./query.svelte";

export async function setRelays(relays: string[]): Promise<void> {
  await backend.call("set_relays", { relays });
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

export function roadChanged(): void {
  touchedCommand("road");
}
