import { backend, type CommandName } from "../backend";
import { query, touchedCommand, type Query } from "./query.svelte";

/*
 * The road of the core. Types and calls are written by hand until the bindings have them.
 */

export interface RoadState {
  relays: string[];
  /** UTC ms. */
  fetched_at: number | null;
  waiting: number;
  phase: string;
  problem: string | null;
  lan: boolean;
  relay_key?: string | null;
  region_id?: string;
}

const NAME = "road" as CommandName;

/** The road, kept fresh while the component lives. */
export function roadQuery(): Query<RoadState> {
  return query(NAME, () => ({}) as never) as unknown as Query<RoadState>;
}

async function call(command: string, args: object): Promise<unknown> {
  const told: unknown = await backend.call(command as CommandName, args as never);
  touchedCommand(NAME);
  return told;
}

export async function setRelays(relays: string[]): Promise<void> {
  await call("set_relays", { relays });
}

export async function retryRoad(): Promise<void> {
  await call("retry_road", {});
}

/** Addresses as they are typed, one a line. */
export function relayLines(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
}

/** Whether an event says that the road has changed. */
export function isRoadEvent(event: { event: string }): boolean {
  return event.event === NAME;
}

export function roadChanged(): void {
  touchedCommand(NAME);
}
