import type { Event } from "../bindings";
import { Failure, failureOf, type Backend, type Ticket } from "./backend";
import { chosenFile } from "./file";
import { eventsIn } from "./stream";

const TOKEN = "radrum.token";
const RETRY_MS = 2_000;

let opening: Promise<string> | null = null;

/** The link's code is good for one exchange; the token then lives as long as the tab. */
async function exchanged(): Promise<string> {
  const code = /^#start=([0-9a-f]+)$/.exec(location.hash)?.[1];
  if (code) {
    history.replaceState(null, "", location.pathname + location.search);
    const response = await fetch("session", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ start: code }),
    });
    if (response.ok) {
      const { token } = (await response.json()) as { token: string };
      sessionStorage.setItem(TOKEN, token);
    }
  }
  return sessionStorage.getItem(TOKEN) ?? "";
}

async function ask(path: string, init: RequestInit = {}): Promise<Response> {
  const token = await (opening ??= exchanged());
  const headers = new Headers(init.headers);
  headers.set("authorization", `Bearer ${token}`);
  const request = fetch(path, { ...init, headers });
  return request.catch(() => Promise.reject(new Failure("unreachable")));
}

async function call(command: string, args: unknown): Promise<unknown> {
  const response = await ask("rpc", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ command, args }),
  });
  if (response.ok) return response.json();
  if (response.status === 422) throw failureOf(await response.json());
  if (response.status === 413) throw new Failure("too_large");
  throw new Failure(response.status === 401 ? "not_ready" : "bug");
}

async function follow(onevent: (event: Event) => void): Promise<void> {
  const response = await ask("events");
  if (!response.ok || !response.body) return;
  for await (const event of eventsIn(response.body)) onevent(event);
}

function listenForEver(onevent: (event: Event) => void, onlost: () => void): void {
  const again = () => {
    setTimeout(() => {
      onlost();
      listenForEver(onevent, onlost);
    }, RETRY_MS);
  };
  follow(onevent).then(again, again);
}

async function ticketFrom(path: string, init: RequestInit): Promise<Ticket> {
  const response = await ask(path, init);
  if (!response.ok) throw new Failure("file_not_written");
  return (await response.json()) as Ticket;
}

async function download({ ticket }: Ticket, name: string): Promise<void> {
  const response = await ask(`file/${ticket}`);
  if (!response.ok) throw new Failure("file_not_written");
  const url = URL.createObjectURL(await response.blob());
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

export const http: Backend = {
  call: (command, args) => call(command, args) as Promise<never>,
  listen: listenForEver,
  pickSaveFile: () => ticketFrom("ticket", { method: "POST" }),
  pickOpenFile: async () => {
    const file = await chosenFile();
    return file && ticketFrom("upload", { method: "POST", body: file });
  },
  openedFile: () => Promise.resolve(null),
  deliver: download,
  openLink: (url) => {
    window.open(url, "_blank", "noopener,noreferrer");
    return Promise.resolve();
  },
};
