import { backend } from "../backend";
import type { Edit } from "../bindings";
import { draftRows, type DraftOffer } from "./draft";

/** Keeps the draft of one form, one call after the other. */
export class DraftKeeper {
  #kept = new Map<string, string>();
  #windows: Set<string>;
  #last: Promise<unknown> = Promise.resolve();

  constructor(
    readonly key: string,
    readonly window: string,
  ) {
    this.#windows = new Set([window]);
  }

  #then<T>(work: () => Promise<T>): Promise<T> {
    const next = this.#last.then(work, work);
    this.#last = next.catch(() => undefined);
    return next;
  }

  settled(): Promise<unknown> {
    return this.#last;
  }

  /** What another window had typed counts as this one's from now on. */
  adopt(offer: DraftOffer): void {
    this.#windows.add(offer.window);
    if (offer.window !== this.window) return;
    for (const draft of offer.drafts) this.#kept.set(draft.field, draft.text);
  }

  keep(edits: Edit[], heads: string[]): Promise<void> {
    return this.#then(async () => {
      const rows = draftRows(edits);
      for (const [field, text] of rows) {
        if (this.#kept.get(field) !== text) await this.#put(field, text, heads);
      }
      for (const field of [...this.#kept.keys()]) {
        if (!rows.has(field)) await this.#put(field, "", heads);
      }
      await this.#dropAdopted();
    });
  }

  async #put(field: string, text: string, heads: string[]): Promise<void> {
    const { key, window } = this;
    await backend.call("save_draft", { key, field, heads, text, window });
    if (text) this.#kept.set(field, text);
    else this.#kept.delete(field);
  }

  async #dropAdopted(): Promise<void> {
    for (const window of this.#windows) {
      if (window === this.window) continue;
      await backend.call("drop_drafts", { key: this.key, field: "", window });
      this.#windows.delete(window);
    }
  }

  drop(window: string): Promise<unknown> {
    return this.#then(() => backend.call("drop_drafts", { key: this.key, field: "", window }));
  }

  async dropAll(): Promise<void> {
    for (const window of [...this.#windows]) await this.drop(window);
    this.#kept.clear();
    this.#windows = new Set([this.window]);
  }
}
