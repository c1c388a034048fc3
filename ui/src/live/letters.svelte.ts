import { NEW_INVITING, NEW_JOINING, type Inviting, type Joining } from "./letters";

/*
 * Outlives the page, because a letter may be on its way for days and everything can be hidden
 * at any moment. It ends with the window: the core shows each letter once.
 */

let inviting = $state.raw<Record<string, Inviting>>({});
let joining = $state.raw<Record<string, Joining>>({});

export function invitingOf(id: string): Inviting {
  return inviting[id] ?? NEW_INVITING;
}

export function setInviting(id: string, of: Inviting): void {
  inviting = { ...inviting, [id]: of };
}

/** Welcomes that have not been handed over: id and name. */
export function welcomes(): [string, string][] {
  return Object.entries(inviting)
    .filter(([, of]) => of.welcome)
    .map(([id, of]) => [id, of.name]);
}

export function endInviting(id: string): void {
  inviting = Object.fromEntries(Object.entries(inviting).filter(([known]) => known !== id));
}

export function joiningOf(id: string): Joining {
  return joining[id] ?? NEW_JOINING;
}

export function setJoining(id: string, of: Joining): void {
  joining = { ...joining, [id]: of };
}

let inside = $state(false);

export function endJoining(): void {
  joining = {};
  inside = true;
}

/** This window has just come into the krets, and the next page says so. */
export function entered(): boolean {
  return inside;
}

export function clearEntered(): void {
  inside = false;
}
