const KEY = "radrum.window";

function fresh(): string {
  return hexOf(8);
}

export function hexOf(bytes: number): string {
  const drawn = crypto.getRandomValues(new Uint8Array(bytes));
  return Array.from(drawn, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * The id of this window, the same after a reload. A tab opened from this one gets a copy of
 * its storage, so the id lies there only between two pages of one window.
 */
export const windowId: string = sessionStorage.getItem(KEY) ?? fresh();

sessionStorage.removeItem(KEY);
addEventListener("pagehide", () => sessionStorage.setItem(KEY, windowId));
addEventListener("pageshow", () => sessionStorage.removeItem(KEY));
