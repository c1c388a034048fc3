export type Theme = "auto" | "light" | "dark";

const KEY = "radrum.theme";

function isTheme(value: string | null): value is Theme {
  return value === "auto" || value === "light" || value === "dark";
}

/** What was chosen in this session; `?theme=dark` is where it begins. */
export function theme(): Theme {
  const asked = new URLSearchParams(location.search).get("theme");
  const kept = sessionStorage.getItem(KEY);
  if (isTheme(kept)) return kept;
  return isTheme(asked) ? asked : "auto";
}

export function applyTheme(): void {
  const chosen = theme();
  if (chosen === "auto") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = chosen;
}

export function chooseTheme(chosen: Theme): void {
  sessionStorage.setItem(KEY, chosen);
  applyTheme();
}
