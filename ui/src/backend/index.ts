import type { Backend } from "./backend";
import { http } from "./http";
import { tauri } from "./tauri";

export { Failure, failureOf } from "./backend";
export { chosenFile } from "./file";
export type { Args, CommandName, Result, Ticket } from "./backend";

export const backend: Backend = "__TAURI_INTERNALS__" in window ? tauri : http;
