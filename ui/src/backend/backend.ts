import type { Code, Commands, Event } from "../bindings";

export type CommandName = keyof Commands;
export type Args<C extends CommandName> = Commands[C]["args"];
export type Result<C extends CommandName> = Commands[C]["result"];

/** A place for one file, given by the host; the interface never sees a path. */
export interface Ticket {
  ticket: string;
}

export interface Backend {
  call<C extends CommandName>(command: C, args: Args<C>): Promise<Result<C>>;
  /** `onlost` says that events may have been missed. */
  listen(onevent: (event: Event) => void, onlost: () => void): void;
  pickSaveFile(name: string): Promise<Ticket | null>;
  pickOpenFile(): Promise<Ticket | null>;
  /** The file that the program was opened with, as from a file manager. */
  openedFile(): Promise<Ticket | null>;
  /** Hands a written file to the user, where the host has not done so already. */
  deliver(ticket: Ticket, name: string): Promise<void>;
  openLink(url: string): Promise<void>;
}

/** What a failed call rejects with. `unreachable` is the only code that no command gives. */
export class Failure extends Error {
  constructor(
    readonly code: Code | "unreachable",
    readonly args: Record<string, unknown> = {},
  ) {
    super(code);
  }
}

export function failureOf(error: unknown): Failure {
  if (error instanceof Failure) return error;
  if (typeof error === "object" && error !== null && "code" in error) {
    const { code, args } = error as { code: Code; args?: Record<string, unknown> };
    return new Failure(code, args ?? {});
  }
  return new Failure("bug");
}
