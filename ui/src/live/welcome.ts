import { backend } from "../backend";
import { touchedCommand } from "./query.svelte";

/** Puts the welcome text away on this computer, as it reads now. */
export async function putWelcomeAway(): Promise<void> {
  await backend.call("put_welcome_away", {});
  touchedCommand("welcome");
}
