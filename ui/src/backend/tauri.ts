import { invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import type { Event } from "../bindings";
import { failureOf, type Backend, type Ticket } from "./backend";

async function rpc<T>(command: string, args: unknown): Promise<T> {
  try {
    return await invoke<T>("rpc", { command, args });
  } catch (error) {
    throw failureOf(error);
  }
}

export const tauri: Backend = {
  call: (command, args) => rpc(command, args),
  listen: (onevent) => {
    void listen<Event>("radrum", (event) => onevent(event.payload));
  },
  pickSaveFile: (name) => rpc<Ticket | null>("pick_save_file", { name }),
  pickOpenFile: () => rpc<Ticket | null>("pick_open_file", {}),
  openedFile: () => rpc<Ticket | null>("opened_file", {}),
  deliver: () => Promise.resolve(),
  openLink: (url) => rpc("open_link", { url }),
};
