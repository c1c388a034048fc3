import { backend } from "../backend";
import type { NewsOf, NoticeChoice } from "../bindings";
import { touchedCommand } from "./query.svelte";

/** Follows a label, an area or a question, or ends it. Only this computer knows. */
export async function follow(key: string, yes: boolean): Promise<void> {
  await backend.call("follow", { key, follow: yes });
  touchedCommand("follows");
  touchedCommand("news");
}

/** Marks what came up to `to` as read. */
export async function markRead(rows: NewsOf[], to: number): Promise<void> {
  await backend.call("read_news", { to, keys: rows.flatMap(({ keys }) => keys) });
  touchedCommand("news");
}

/** Orders letters to an address, or ends them with an empty one. */
export async function chooseMail(address: string): Promise<void> {
  await backend.call("choose_mail", { address });
  touchedCommand("mail");
}

export async function chooseNotices(choice: NoticeChoice): Promise<void> {
  await backend.call("choose_notices", choice);
  touchedCommand("notices");
}
