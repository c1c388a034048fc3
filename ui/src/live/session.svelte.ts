import { backend } from "../backend";
import type { Event, SessionInfo } from "../bindings";
import { touched } from "./query.svelte";
import { roadChanged } from "./road";
import { windowId } from "./window";

let info = $state.raw<SessionInfo | null>(null);
const hearers = new Set<(touched: string[]) => void>();

export const session = {
  /** Pages are shown only when the profile is open. */
  get info(): SessionInfo {
    if (!info) throw new Error("profile is not open");
    return info;
  },
  get isOpen(): boolean {
    return info !== null;
  },
};

export function openSession(opened: SessionInfo): void {
  info = opened;
}

/** Hears what other windows write. Gives the way to stop. */
export function onElsewhere(hear: (touched: string[]) => void): () => void {
  hearers.add(hear);
  return () => hearers.delete(hear);
}

function take(event: Event): void {
  if (event.event === "road") {
    roadChanged();
    return;
  }
  if (event.event === "rebuilding") {
    if (info) info = { ...info, rebuilding: event.busy };
    if (!event.busy) touched([]);
    return;
  }
  // Who wrote has refreshed what she sees.
  if (event.origin === windowId) return;
  touched(event.touched);
  for (const hear of hearers) hear(event.touched);
}

export function followEvents(): void {
  backend.listen(take, () => touched([]));
}

/** The profile has another name or other members: all is asked anew. */
export async function reopenSession(): Promise<void> {
  const state = await backend.call("start", {});
  if (state.state === "ready") openSession(state.session);
  touched([]);
}

export async function chooseMe(key: string): Promise<void> {
  openSession(await backend.call("choose_me", { key }));
  touched([]);
}
