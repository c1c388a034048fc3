import { backend } from "../backend";
import type { SinceLine } from "../bindings";
import { touchedCommand } from "./query.svelte";

/** After so long without a key or a click somebody has come back. */
const PAUSE_MS = 600_000;

/** The window is looked at, which only this computer knows. What fails is done at the next look. */
function look(): void {
  void backend.call("look", {}).then(
    () => touchedCommand("since"),
    () => undefined,
  );
}

/** Notes that the window is looked at: when it comes up, gets or loses the focus, or is used after
 * a pause. Gives the way to stop. */
export function followLooks(): () => void {
  let last = 0;
  const used = (event: Event) => {
    const isBack = event.timeStamp - last > PAUSE_MS;
    last = event.timeStamp;
    if (isBack) look();
  };
  const looks = ["focus", "blur"] as const;
  const uses = ["pointerdown", "keydown"] as const;
  for (const name of looks) addEventListener(name, look);
  for (const name of uses) addEventListener(name, used);
  look();
  return () => {
    for (const name of looks) removeEventListener(name, look);
    for (const name of uses) removeEventListener(name, used);
  };
}

/** The reader has read what happened while she was away, as far as it was told. */
export async function putSinceAway(to: number): Promise<void> {
  await backend.call("put_since_away", { to });
  touchedCommand("since");
}

/** What a line is about. */
export function aboutLine(line: SinceLine): string {
  switch (line.line) {
    case "answered":
    case "asked":
      return line.question.key;
    case "proposed":
      return line.member;
    case "given":
    case "changed":
      return line.item.key;
    case "newcomer":
    case "left":
      return line.member.key;
    case "bulletin":
      return line.bulletin.key;
    case "new_card":
      return line.card.key;
    case "paused":
      return line.office.key;
  }
}
