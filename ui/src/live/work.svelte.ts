import { failureOf, type Failure } from "../backend";

/** What a page does outside its forms, and what went wrong with it last. */
export class Work {
  failure = $state.raw<Failure | null>(null);

  async run(work: Promise<unknown>): Promise<void> {
    this.failure = null;
    await work.catch((error: unknown) => (this.failure = failureOf(error)));
  }
}
