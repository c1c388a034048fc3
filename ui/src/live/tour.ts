import { backend } from "../backend";
import type { Tour } from "../bindings";
import { STOPS, type Stop } from "../messages/sv";
import { touchedCommand } from "./query.svelte";
import { link } from "./route";
import { go } from "./router.svelte";

async function keep(tour: Tour): Promise<void> {
  await backend.call("choose_tour", tour);
  touchedCommand("tour");
}

/** Goes to a stop and its page; past the last one, or with none, the tour is over. */
export async function goToStop(stop: Stop | undefined): Promise<void> {
  await keep({ stop: stop?.code ?? null, away: true });
  if (stop) go(link(...stop.at));
}

/** From the first stop on. */
export async function beginTour(): Promise<void> {
  await goToStop(STOPS[0]);
}

/** Ends the tour, or puts the offer of one away. */
export async function endTour(): Promise<void> {
  await keep({ stop: null, away: true });
}
