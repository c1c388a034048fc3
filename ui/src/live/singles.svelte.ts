const KEY = "radrum.singles";

let on = $state(sessionStorage.getItem(KEY) !== "off");

/** Whether plain letters are shortcuts; some readers and speech programs type them. */
export function shortcutsOn(): boolean {
  return on;
}

/** Whether a plain letter was pressed that belongs to the page and to nothing that is typed into. */
export function isSingle(event: KeyboardEvent, letter: string): boolean {
  const target = event.target instanceof HTMLElement ? event.target : null;
  const typing = target?.closest("input:not([type=checkbox]), textarea, select, dialog");
  const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
  return event.key.toLowerCase() === letter && plain && !typing && shortcutsOn();
}

export function useShortcuts(chosen: boolean): void {
  on = chosen;
  sessionStorage.setItem(KEY, chosen ? "on" : "off");
}
