import {
  backend,
  failureOf,
  type Args,
  type CommandName,
  type Failure,
  type Result,
} from "../backend";
import { showsAny } from "./depends";

/** Nobody is told to wait for less than this. */
const SLOW_MS = 400;
const KEPT_MAX = 80;

class Entry<C extends CommandName> {
  data = $state.raw<Result<C>>();
  failure = $state.raw<Failure | null>(null);
  slow = $state(false);
  watchers = 0;
  stale = true;
  #running = false;
  #again = false;

  constructor(
    readonly command: C,
    readonly args: Args<C>,
  ) {}

  /** Asks anew; what is known stays in sight meanwhile. */
  async refresh(): Promise<void> {
    if (this.#running) {
      this.#again = true;
      return;
    }
    this.#running = true;
    const timer = setTimeout(() => (this.slow = true), SLOW_MS);
    try {
      do {
        this.#again = false;
        this.stale = false;
        this.data = await backend.call(this.command, this.args);
        this.failure = null;
      } while (this.#again);
    } catch (error) {
      this.stale = true;
      this.failure = failureOf(error);
      // What is gone is not kept in sight: it may have been erased.
      if (this.failure.code === "not_found") this.data = undefined;
    } finally {
      clearTimeout(timer);
      this.slow = false;
      this.#running = false;
    }
  }
}

const kept = new Map<string, Entry<CommandName>>();

function entryOf<C extends CommandName>(command: C, args: Args<C>): Entry<C> {
  const name = `${command} ${JSON.stringify(args)}`;
  let entry = kept.get(name) as Entry<C> | undefined;
  if (entry) {
    kept.delete(name);
  } else {
    entry = new Entry(command, args);
    forgetOldest();
  }
  kept.set(name, entry as unknown as Entry<CommandName>);
  return entry;
}

function forgetOldest(): void {
  if (kept.size < KEPT_MAX) return;
  for (const [name, entry] of kept) {
    if (entry.watchers === 0) {
      kept.delete(name);
      return;
    }
  }
}

export interface Query<T> {
  readonly data: T | undefined;
  readonly failure: Failure | null;
  /** Nothing to show yet, and it has taken a while. */
  readonly slow: boolean;
  refresh(): Promise<void>;
}

interface Options {
  /** The answer to the question before stays in sight until this one's has come: for what is asked
   *  at each letter. */
  keeps?: boolean;
}

/** What a command gives, kept fresh while the component lives. No arguments, no question. */
export function query<C extends CommandName>(
  command: C,
  args: () => Args<C> | null,
  { keeps = false }: Options = {},
): Query<Result<C>> {
  const entry = $derived.by(() => {
    const given = args();
    return given && entryOf(command, given);
  });
  $effect(() => {
    const watched = entry;
    if (!watched) return;
    watched.watchers += 1;
    if (watched.stale) void watched.refresh();
    return () => {
      watched.watchers -= 1;
    };
  });
  let shown: Result<C> | undefined;
  const data = $derived.by(() => {
    const waits = keeps && entry && entry.data === undefined && !entry.failure;
    if (!waits) shown = entry?.data;
    return shown;
  });
  return {
    get data() {
      return data;
    },
    get failure() {
      return entry?.failure ?? null;
    },
    get slow() {
      return !!entry?.slow && data === undefined;
    },
    refresh: () => entry?.refresh() ?? Promise.resolve(),
  };
}

/** Items were written: what is on the screen is asked anew, the rest when it is looked at. */
export function touched(keys: string[]): void {
  for (const entry of kept.values()) {
    if (!showsAny(entry.command, keys)) continue;
    entry.stale = true;
    if (entry.watchers > 0) void entry.refresh();
  }
}

/** What one command gives has changed. */
export function touchedCommand(command: CommandName): void {
  for (const entry of kept.values()) {
    if (entry.command !== command) continue;
    entry.stale = true;
    if (entry.watchers > 0) void entry.refresh();
  }
}
