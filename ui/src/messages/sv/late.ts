import type { LateItem } from "../../bindings";
import { capital, joined, kindWord, listed } from "./common";
import { instant } from "./dates";

/** What somebody wrote after she was taken out of the krets: for the admins. */
export const late = {
  title: "Skrivet efteråt",
  link: "Se vad det är",
  lead: "När någon har tagits ut ur kretsen räknas inte det som skrivs på hens datorer efteråt. Det ligger här, och på de andra sidorna syns det inte.",
  notAdmin: "Representanterna ser vad det är. Fråga den som är representant för din kommun.",
  none: "Inget har kommit från någon som har tagits ut.",
  aside: "Ligger vid sidan om",
  asideText: "Ta med det som ska räknas. Det du låter ligga stör ingen.",
  asideNone: "Inget ligger vid sidan om.",
  counts: "Räknas redan",
  countsText: "En kollega hade hunnit bygga vidare på det, så det räknas för alla.",
  takeUp: "Ta med",
  askTitle: (title: string) => `Ta med ”${title}”?`,
  ask: (who: string) =>
    `Det räknas då för alla i kretsen, med namnet på ${who}. Du kan ändra det sedan, som allt annat.`,
  taken: (title: string) => `”${title}” är med igen. De andra datorerna får veta det.`,
  notFitting: "Något som det bygger på har inte kommit. Skriv av det du vill behålla.",
  notMine: "En representant för kommunen kan ta med det.",
  nothing: "Vad som skrevs går inte att läsa än.",
  nameless: "en kollega vars namn inte har hämtats än",
};

export function lateTitle({ title, kind }: LateItem): string {
  return title || capital(kindWord(kind));
}

/** Who wrote it: one, or several who used the computer. */
export function lateWho({ saves }: LateItem): string {
  return listed([...new Set(saves.map(({ name }) => name || late.nameless))]);
}

/** "Anteckning · Anna Öberg · Sorsele · 22 nov 10:02". */
export function lateMeta(item: LateItem, today: string): string {
  const newest = Math.max(...item.saves.map((save) => save.written_at));
  const who = lateWho(item);
  return joined([capital(kindWord(item.kind)), who, item.municipality, instant(newest, today)]);
}
