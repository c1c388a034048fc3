export type Action = "search" | "note" | "hide" | "help";

/** Letters that are typed into something belong to it. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName);
}

/** What a key asks for on any page. `singles` says whether plain letters count. */
export function keyAction(event: KeyboardEvent, singles: boolean): Action | null {
  const key = event.key.toLowerCase();
  if (event.ctrlKey || event.metaKey) {
    if (event.altKey) return null;
    if (event.shiftKey) return key === "h" ? "hide" : null;
    return key === "k" ? "search" : key === "n" ? "note" : null;
  }
  const isFree = singles && !isTyping(event.target) && !document.querySelector("dialog[open]");
  return key === "?" && isFree ? "help" : null;
}
