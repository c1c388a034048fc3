import type { RulingNow, RulingRow } from "../../bindings";
import { joined, listed } from "./common";
import { fullDay } from "./dates";

/** "Fastställd": what a municipality has laid down of a card. */
export const ruling = {
  heading: "Fastställt",
  verb: "Fastställ …",
  save: "Fastställ",
  title: (municipality: string) => `Fastställ kortet i ${municipality}`,
  edit: "Ändra eller avsluta beslutet",
  lead: "Kortets egen text fastställs så som den står nu. Det som skrivs i kortet efteråt ändrar inte den fastställda versionen. ”Så gör vi”, avsteg och personer står bredvid och följer inte med.",
  voices:
    "Kortet står i flera lydelser. Välj först på kortet vilken som gäller, så kan det fastställas.",
  page: "Fastställd version",
  show: "Visa fastställd version",
  see: "Se vad som har ändrats",
  toCard: "Kortet som det står nu",
  asItStood: "Det här är kortet som det stod då. Det går inte att ändra här.",
  several: "Kortet stod i flera lydelser då. Här visas en av dem, resten står i kortets historik.",
  same: "Kortet står likadant nu.",
  changed: "Kortet har ändrats sedan dess.",
  notHere: "Den fastställda versionen har inte hämtats än. Den visas när den har kommit hit.",
  gone: "Texten som fastställdes har tagits bort.",
  unknownCard: "Ett kort som inte finns här",
  others: "Tidigare beslut, och beslut som inte gäller",
  missing: "Beslutet finns inte här.",
  otherPlace: (municipality: string) =>
    `Du hör inte till ${municipality}. Det du ändrar syns som ändrat utifrån.`,
  cards: "Fastställda kort",
  cardsNone: "Inget kort är fastställt. Öppna ett handlingskort och välj Fastställ.",
  since: "Det här har ändrats sedan kortet fastställdes.",
  whole: "Visa hela historiken",
};

/** "Fastställd i Malå 2 mars 2026 av IFO-chef, nr 2026/14". */
export function rulingWords(row: RulingRow): string {
  const number = row.number ? `, nr ${row.number}` : "";
  return `Fastställd i ${row.municipality.title} ${fullDay(row.on)} av ${row.role}${number}`;
}

/** What is to be known before one relies on it; nothing when it applies as it stands. */
export function rulingState(row: RulingRow): string {
  const ended = row.until && `Gäller inte längre från ${fullDay(row.until)}`;
  const state = {
    in_force: ended,
    ended,
    replaced: joined(["Ersatt av ett senare beslut", ended]),
    outside: `Infört av någon utanför ${row.municipality.title}, räknas inte`,
  }[row.standing];
  return joined([
    state,
    row.changed_outside && `Ändrat av någon utanför ${row.municipality.title}, se historiken`,
    row.voices && "Står i flera lydelser",
  ]);
}

/** What has become of the text; nothing of it is said while the card stands so. */
export function rulingVersion({ version }: RulingRow): string {
  return { same: "", changed: ruling.changed, not_here: ruling.notHere, gone: ruling.gone }[
    version
  ];
}

/** Who may, said to somebody who may not. */
export function rulingAsk({ ask }: RulingNow, municipality: string): string {
  const names = ask.map(({ title }) => title);
  if (names.length === 0)
    return `Den som företräder kommunen för in beslut. I ${municipality} är ingen känd än. Se under Krets → Kollegor och datorer vem det kan vara.`;
  return `Den som företräder kommunen för in beslut. I ${municipality}: ${listed(names)}. Be någon av dem, så är det gjort på en minut.`;
}
