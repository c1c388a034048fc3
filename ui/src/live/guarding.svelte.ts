import { backend } from "../backend";
import type { Accepted, Because, Edit, GuardHit, Kind } from "../bindings";
import { textsOf } from "./guard";

/** What the guard has said about one form. The choices live as long as the form is open. */
export class Guarding {
  hits = $state.raw<Record<string, GuardHit[]>>({});
  accepted = $state.raw<Accepted[]>([]);

  /** The text is written without a name, where more gives somebody away. */
  #anonymous = false;
  #read = new Map<string, string>();

  constructor(
    readonly kind: Kind,
    readonly key: string | null,
  ) {}

  /** Another rule holds: every text is asked about anew. */
  set anonymous(on: boolean) {
    this.#anonymous = on;
    this.#read.clear();
  }

  /** What must be dealt with before a save, in order of the fields. */
  get open(): GuardHit[] {
    const hits = Object.values(this.hits).flat();
    return hits.filter((hit) => hit.level !== "tip" && !this.isAccepted(hit));
  }

  isAccepted(hit: GuardHit): boolean {
    return this.accepted.some(({ fingerprint }) => fingerprint === hit.fingerprint);
  }

  accept({ fingerprint }: GuardHit, because: Because): void {
    this.accepted = [...this.accepted, { fingerprint, because }];
  }

  /** Asks about each text that is new since the last time. */
  async read(edits: Edit[]): Promise<void> {
    const texts = textsOf(edits);
    for (const path of Object.keys(this.hits)) if (!texts.has(path)) this.#put(path, []);
    for (const path of this.#read.keys()) if (!texts.has(path)) this.#read.delete(path);
    for (const [path, text] of texts) {
      if (this.#read.get(path) === text) continue;
      this.#read.set(path, text);
      const { kind, key } = this;
      const anonymous = this.#anonymous;
      const args = { kind, key, path, text, ...(anonymous ? { anonymous } : {}) };
      const hits = await backend.call("check_text", args);
      // An answer to a text that has been written on meanwhile names places that are gone.
      if (this.#read.get(path) === text) this.#put(path, hits ?? []);
    }
  }

  /** What a save was refused for. */
  refused(hits: GuardHit[]): void {
    for (const path of new Set(hits.map((hit) => hit.path))) {
      const tips = (this.hits[path] ?? []).filter(({ level }) => level === "tip");
      this.#put(path, [...hits.filter((hit) => hit.path === path), ...tips]);
    }
  }

  #put(path: string, hits: GuardHit[]): void {
    this.hits = { ...this.hits, [path]: hits };
  }
}
