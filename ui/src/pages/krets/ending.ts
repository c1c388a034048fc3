import type { KretsPerson } from "../../bindings";

/** Who is taken out: with one computer that is lost, or with all. */
export interface Ending {
  person: KretsPerson;
  /** Id of the lost one; empty for all. */
  computer: string;
}
