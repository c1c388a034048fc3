import { getContext, setContext } from "svelte";
import { backend } from "../../backend";
import type { Head, PlaybookPage, VoiceOf, VoicesOf } from "../../bindings";
import { touched } from "../../live/query.svelte";
import { windowId } from "../../live/window";
import { Work } from "../../live/work.svelte";
import { archive, choose } from "../../live/writes";

const CARD = Symbol("card");

/** The card that is shown, and what is done to it on its page. */
export class CardContext {
  readonly work = new Work();
  /** Ticks as they were clicked; the core keeps them meanwhile. */
  #ticks = $state<Record<string, boolean>>({});

  constructor(
    readonly getPage: () => PlaybookPage,
    readonly getParams: () => URLSearchParams,
  ) {}

  get page(): PlaybookPage {
    return this.getPage();
  }

  isTicked(step: string): boolean {
    return this.#ticks[step] ?? this.page.ticks.includes(step);
  }

  get anyTicked(): boolean {
    return this.page.card.steps.some((step) => this.isTicked(step.id));
  }

  async tick(step: string, ticked: boolean): Promise<void> {
    this.#ticks[step] = ticked;
    const { key } = this.page.head;
    await this.work.run(backend.call("tick", { playbook: key, step, ticked }));
    if (this.work.failure) delete this.#ticks[step];
    touched([key]);
  }

  async clearTicks(): Promise<void> {
    for (const { id } of this.page.card.steps) this.#ticks[id] = false;
    const { key } = this.page.head;
    await this.work.run(backend.call("clear_ticks", { key }));
    if (this.work.failure) this.#ticks = {};
    touched([key]);
  }

  /** Settles several texts, of the card or of what hangs on it. */
  choose(of: VoicesOf, value: VoiceOf["value"], head: Head = this.page.head): Promise<void> {
    return this.work.run(choose(head, of, value));
  }

  archive(archived: boolean, head: Head = this.page.head): Promise<void> {
    return this.work.run(archive(head, archived));
  }

  /** Takes one statement of a newer starter card over; nothing named says that one is done. */
  async take(pack: string): Promise<void> {
    const { key, heads } = this.page.head;
    await this.work.run(backend.call("take_statement", { key, heads, pack, window: windowId }));
    touched([key]);
  }
}

export function provideCard(page: () => PlaybookPage, params: () => URLSearchParams): CardContext {
  return setContext(CARD, new CardContext(page, params));
}

export function useCard(): CardContext {
  return getContext<CardContext>(CARD);
}
