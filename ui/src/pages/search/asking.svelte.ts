import { backend, failureOf, type Failure } from "../../backend";
import type { SearchAnswer } from "../../bindings";

/** From so many letters there is an answer. */
export const LETTERS_MIN = 2;

/** Letters that come quicker than this are asked about together. */
const PAUSE_MS = 40;

/** Answers to go back to without asking; the pages behind them ask anew. */
const KEPT_MAX = 30;
const kept = new Map<string, SearchAnswer>();

/** Asks as letters come. Only the answer to the newest question is shown. */
export class Asking {
  answer = $state.raw<SearchAnswer | null>(null);
  failure = $state.raw<Failure | null>(null);
  #newest = 0;

  /** Gives the way to call it off. */
  ask(typed: string): () => void {
    const text = typed.trim();
    const question = ++this.#newest;
    if (text.length < LETTERS_MIN) {
      this.answer = null;
      return () => {};
    }
    const known = kept.get(text);
    if (known) this.answer = known;
    const timer = setTimeout(() => void this.#run(text, question), known ? 0 : PAUSE_MS);
    return () => clearTimeout(timer);
  }

  async #run(text: string, question: number): Promise<void> {
    try {
      const answer = await backend.call("search", { text });
      keep(text, answer);
      if (question !== this.#newest) return;
      this.answer = answer;
      this.failure = null;
    } catch (error) {
      if (question === this.#newest) this.failure = failureOf(error);
    }
  }
}

function keep(text: string, answer: SearchAnswer): void {
  kept.delete(text);
  kept.set(text, answer);
  const [oldest] = kept.keys();
  if (kept.size > KEPT_MAX && oldest !== undefined) kept.delete(oldest);
}
