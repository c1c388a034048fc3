const KEY = "radrum.singles";

let on = $state(sessionStorage.getItem(KEY) !== "off");

/** Whether plain letters are shortcuts; some readers and speech programs type them. */
export function shortcutsOn(): boolean {
  return on;
}

export function useShortcuts(chosen: boolean): void {
  on = chosen;
  sessionStorage.setItem(KEY, chosen ? "on" : "off");
}
