import { parseRoute, type Route } from "./route";

const scrolledTo = new Map<number, number>();
/** Counts pages that came, and readers who went on in them before they were scrolled. */
let arrivals = 0;
let visit = Date.now();
let current = $state.raw<Route>(parseRoute(location.hash));
let before = "";

export const router = {
  get route(): Route {
    return current;
  },
  /** The page that this one was reached from, or empty. */
  get from(): string {
    return before;
  },
  /** The next heading that appears takes the focus, because the reader has moved. */
  moved: false,
};

/** WebKit refuses more than 100 of these in ten seconds. The page is shown all the same; only the
 *  way back does not know where it was scrolled to. */
function keep(state: unknown, href?: string): void {
  try {
    history.replaceState(state, "", href);
  } catch {
    return;
  }
}

function arrive(): void {
  const next = parseRoute(location.hash);
  const same = next.page === current.page && next.name === current.name && next.sub === current.sub;
  const known = (history.state as { visit?: number } | null)?.visit;
  if (known === undefined) keep({ visit: ++visit });
  router.moved = !same;
  current = next;
  if (same) return;
  const top = known === undefined ? 0 : (scrolledTo.get(known) ?? 0);
  const mine = ++arrivals;
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      if (mine === arrivals) scrollTo(0, top);
    }),
  );
}

/** Whoever goes on at once, by key or wheel, is not brought back to where the page begins. */
function goOn(): void {
  arrivals += 1;
}

export function startRouter(): void {
  history.scrollRestoration = "manual";
  if (history.state === null) keep({ visit: ++visit });
  addEventListener("scroll", () => {
    const here = (history.state as { visit?: number } | null)?.visit;
    if (here !== undefined) scrolledTo.set(here, scrollY);
  });
  for (const name of ["keydown", "wheel", "pointerdown"]) {
    addEventListener(name, goOn, { passive: true });
  }
  addEventListener("hashchange", (event) => {
    before = new URL(event.oldURL).hash;
    arrive();
  });
}

export function go(href: string): void {
  location.hash = href;
}

/** Changes the address without a new step in the history. */
export function rewrite(href: string): void {
  keep(history.state, href);
  current = parseRoute(href);
}
