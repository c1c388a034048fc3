import { backend, Failure, failureOf, type Args } from "../backend";
import type { Edit, Edited, GuardHit, Rejected, VoicesOf } from "../bindings";
import { apply } from "./apply";
import { diff } from "./diff";
import { DraftKeeper } from "./drafts";
import { editsOf, offersOf, type DraftOffer } from "./draft";
import { copyOf, valuesOf, type Form, type Value, type Values } from "./form";
import { putText, reworded, textAt } from "./guard";
import { Guarding } from "./guarding.svelte";
import { touched } from "./query.svelte";
import { refusedPath } from "./rejected";
import { onElsewhere } from "./session.svelte";
import { windowId } from "./window";

const TYPING_MS = 300;

/** What is edited. Without a key something new is made. */
export interface Target {
  form: Form;
  draftKey: string;
  key: string | null;
  heads: string[];
  view: object;
  voices?: VoicesOf[];
  /** Written along with something new: whose it is, what it hangs on. */
  fixed?: Edit[] | ((values: Values) => Edit[]);
  /** Fields that this form does not leave empty, though the item may. */
  needs?: string[];
  /** What may be written without a name: fields and sets that say nothing about the writer. */
  nameless?: readonly string[];
  /** The name is left out until it is put in: it was left out here before. */
  unnamed?: boolean;
  /** What the form holds before anything is typed; in a new form it is no draft by itself. */
  given?: Record<string, Value>;
}

export type EditingState = "asking" | "open" | "saving" | "saved";

/** The field or the set that an edit is about. */
function nameOf(edit: Edit): string {
  if (edit.edit === "put") return edit.set;
  return "field" in edit ? edit.field : "";
}

/** One form from the first letter to *sparat*. Make it while a component is being made. */
export class Editing {
  values = $state<Values>({ fields: {}, lists: {}, sets: {} });
  state = $state<EditingState>("asking");
  drafted = $state(false);
  offers = $state.raw<DraftOffer[]>([]);
  failure = $state.raw<Failure | null>(null);
  refused = $state.raw<{ path: string; rejected: Rejected } | null>(null);
  /** A save was refused for what the guard found, and the choices are asked for. */
  asks = $state(false);
  readonly guard: Guarding;
  #nameless = $state(false);
  /** Who has changed the item meanwhile; empty for nobody that is known. */
  changedBy = $state<string | null>(null);

  #base: Values;
  #heads: string[];
  #drafts: DraftKeeper;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(readonly target: Target) {
    this.#base = valuesOf(target.form, target.view);
    this.#heads = target.heads;
    this.guard = new Guarding(target.form.kind, target.key);
    this.#nameless = target.unnamed ?? false;
    this.guard.anonymous = this.#nameless;
    if (target.key === null) Object.assign(this.#base.fields, target.given);
    this.values = copyOf(this.#base);
    Object.assign(this.values.fields, target.given);
    this.#drafts = new DraftKeeper(target.draftKey, windowId);
    $effect(() => this.#watch());
    $effect(() => onElsewhere((keys) => void this.#elsewhere(keys)));
    void this.#begin();
  }

  get form(): Form {
    return this.target.form;
  }

  /** Whether the name is left out. */
  get nameless(): boolean {
    return this.#nameless;
  }

  set nameless(on: boolean) {
    this.#nameless = on;
    this.guard.anonymous = on;
    void this.#guarded(this.#edits());
  }

  get isNew(): boolean {
    return this.target.key === null;
  }

  get changed(): boolean {
    return this.#edits().length > 0;
  }

  /** Texts that stand side by side in a field. */
  voicesAt(list: string | null, id: string | null, field: string): VoicesOf | undefined {
    return this.target.voices?.find((of) => of.list === list && of.id === id && of.field === field);
  }

  async #begin(): Promise<void> {
    try {
      this.offers = offersOf(await backend.call("drafts", { key: this.target.draftKey }));
    } catch (error) {
      this.failure = failureOf(error);
    }
    if (this.offers.length === 0) this.state = "open";
  }

  /** Takes up what was typed before, on the version that it was typed on. */
  resume(offer: DraftOffer): void {
    this.values = apply(this.form, this.#base, editsOf(this.form, offer.drafts));
    if (offer.heads.length > 0 && offer.heads.join() !== this.#heads.join()) {
      this.#heads = offer.heads;
      void this.#elsewhere([]);
    }
    this.#drafts.adopt(offer);
    this.offers = [];
    this.drafted = true;
    this.state = "open";
  }

  async throwAway(offer: DraftOffer): Promise<void> {
    await this.#drafts.drop(offer.window);
    this.offers = this.offers.filter((other) => other !== offer);
    if (this.offers.length === 0) this.state = "open";
  }

  /** Everything typed here goes, and the form shows what is saved. */
  async discard(): Promise<void> {
    clearTimeout(this.#timer);
    this.values = copyOf(this.#base);
    this.drafted = false;
    this.refused = null;
    this.failure = null;
    await this.#drafts.dropAll();
  }

  #edits(): Edit[] {
    return diff(this.form, this.#base, $state.snapshot(this.values), this.target.voices);
  }

  #watch(): () => void {
    const edits = this.#edits();
    if (this.state === "open") {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => {
        void this.#keep(edits);
        void this.#guarded(edits);
      }, TYPING_MS);
    }
    return () => clearTimeout(this.#timer);
  }

  async #keep(edits: Edit[]): Promise<void> {
    try {
      await this.#drafts.keep(edits, this.#heads);
      this.drafted = edits.length > 0;
    } catch (error) {
      this.drafted = false;
      this.failure = failureOf(error);
    }
  }

  async #guarded(edits: Edit[]): Promise<void> {
    try {
      await this.guard.read(edits);
    } catch (error) {
      this.failure = failureOf(error);
    }
  }

  /** Puts in what the guard proposes for one hit. */
  async reword(hit: GuardHit): Promise<void> {
    putText(this.values, hit.path, reworded(textAt(this.values, hit.path), hit));
    await this.#guarded(this.#edits());
  }

  /** Call when the form goes out of sight: the last letters become a draft too. */
  leave(): void {
    clearTimeout(this.#timer);
    if (this.state === "open") void this.#keep(this.#edits());
  }

  async #elsewhere(keys: string[]): Promise<void> {
    const { key } = this.target;
    if (!key || this.state === "saved" || (keys.length > 0 && !keys.includes(key))) return;
    const head = await backend.call("head", { key });
    if (head.heads.join() !== this.#heads.join()) this.changedBy = head.updated_by?.title ?? "";
  }

  async save(): Promise<Edited | null> {
    if (this.state !== "open") return null;
    clearTimeout(this.#timer);
    const edits = this.#edits();
    this.failure = null;
    this.refused = null;
    this.asks = false;
    const missing = this.target.needs?.find((name) => !this.values.fields[name]);
    if (missing) {
      this.#told(new Failure("rejected", { path: missing, reason: "required" }), edits);
      return null;
    }
    this.state = "saving";
    try {
      const edited = await this.#write(edits);
      this.state = "saved";
      await this.#drafts.dropAll();
      touched(edited.key ? [edited.key] : []);
      return edited;
    } catch (error) {
      this.#told(failureOf(error), edits);
      this.state = "open";
      return null;
    }
  }

  async #write(edits: Edit[]): Promise<Edited> {
    const { key, form, fixed = [] } = this.target;
    await this.#drafts.settled();
    if (key === null) {
      const values = $state.snapshot(this.values);
      const written = diff(form, valuesOf(form, {}), values);
      const along = typeof fixed === "function" ? fixed(values) : fixed;
      const edits = [...along, ...written];
      const { accepted } = this.guard;
      if (this.#nameless) {
        const names = this.target.nameless ?? [];
        const kept = edits.filter((edit) => names.includes(nameOf(edit)));
        await backend.call("post_anonymous", { kind: form.kind, edits: kept, accepted });
        // It will be an item when it has come back.
        return { key: "", heads: [], changed: true };
      }
      const args: Args<"create_item"> = { kind: form.kind, edits, window: windowId, accepted };
      return backend.call("create_item", args);
    }
    if (edits.length === 0) return { key, heads: this.#heads, changed: false };
    const { accepted } = this.guard;
    const args = { key, heads: this.#heads, edits, window: windowId, accepted };
    return backend.call("edit_item", args);
  }

  #told(failure: Failure, edits: Edit[]): void {
    if (failure.code === "rejected") {
      const rejected = failure.args as unknown as Rejected;
      this.refused = { path: refusedPath(rejected, edits), rejected };
    }
    if (failure.code === "personal_data") {
      this.guard.refused((failure.args as unknown as { hits: GuardHit[] }).hits);
      this.asks = true;
    }
    this.failure = failure;
  }
}
