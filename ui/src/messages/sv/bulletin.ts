import type { BulletinRow, CitingPlace } from "../../bindings";
import { joined } from "./common";
import { fullDay } from "./dates";
import { statutes } from "./statute";

/** "Nytt att veta": what changed, from when, and which cards it touches. */
export const bulletin = {
  title: "Nytt att veta",
  lead: "Det som har ändrats eller ska ändras, från när, och vilka handlingskort det berör.",
  all: "Allt nytt att veta",
  write: "Skriv nytt att veta",
  none: "Ingen har skrivit något än. Skriv det första: en ny lag, en ny rutin, ett nytt nummer.",
  missing: "Posten finns inte här.",
  from: (day: string) => `Gäller från ${fullDay(day)}`,
  rule: (statute: string) => `Regel: ${statutes(statute)}`,
  source: (text: string) => `Källa: ${text}`,
  cards: "Kort som berörs",
  noCards: "Inget kort är märkt än. Redigera för att leta upp kort som nämner regeln.",
  find: "Kort som nämner regeln",
  findHelp: "Alla kort söks igenom, hur lagrummet än är skrivet.",
  look: "Leta kort",
  unread:
    "Skriv både lag och paragraf, till exempel SoL 11:1. En paragraf utan lag kan höra till vilken som helst.",
  found: "Korten nämner regeln här:",
  notFound: "Inget kort nämner regeln i sina lagrum. Du kan ändå välja kort ovanför.",
  mark: "Märk alla som berörda",
  marked: "Alla är märkta som berörda. Spara när du är klar.",
};

/** "Nytt att veta: Ny blankett, från 1 juli 2026". */
export function bulletinLine({ title, from }: BulletinRow): string {
  return `${bulletin.title}: ${title}${from ? `, från ${fullDay(from)}` : ""}`;
}

/** Under its title in a list. */
export function bulletinMeta({ statute, from }: BulletinRow, today: string): string {
  const begun = from !== null && from <= today;
  return joined([
    from && `${begun ? "gäller från" : "kommer"} ${fullDay(from)}`,
    statutes(statute),
  ]);
}

/** "SoL 11:1 · kontrollerad 2026-04-30". */
export function citedWords({ statute, checked }: CitingPlace): string {
  return joined([statutes(statute), checked ? `kontrollerad ${checked}` : "ej kontrollerat"]);
}
