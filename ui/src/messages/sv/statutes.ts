import type { Representative, StatutesPage } from "../../bindings";
import { joined, listed } from "./common";
import { fullDay } from "./dates";

/** What the krets has agreed on about itself. */
export const kretsStatutes = {
  title: "Kretsens stadgar",
  lead: "Syfte, vilka som får vara med, representanter och rotnycklar",
  adopted: (day: string) => `antagna ${fullDay(day)}`,
  review: (day: string) => `ses över senast ${fullDay(day)}`,
  reviewOver: (day: string) =>
    `Stadgarna skulle ha setts över ${fullDay(day)}. Ta upp dem när ni ses nästa gång.`,
  empty: "Stadgarna är inte skrivna än. Några rader räcker för att börja.",
  emptyFor: (names: string[]) =>
    `Stadgarna är inte skrivna än. De skrivs av en representant: ${listed(names)}.`,
  emptyForNobody: "Stadgarna är inte skrivna än. De skrivs av en representant.",
  write: "Skriv stadgarna",
  edit: "Ändra stadgarna",
  editNote: "Det du sparar gäller för hela kretsen. Vad som stod tidigare finns kvar i historiken.",
  print: "Skriv ut",
  purpose: "Syfte",
  membership: "Vilka som får vara med",
  election: "Så väljs representanterna",
  time: "Avsatt tid",
  missing: "Inte skrivet än.",
  roots: "Tre organisationer förvarar rotnycklarna",
  rootsText: "Två av dem tillsammans kan återställa kretsen. En ensam nyckel öppnar ingenting.",
  root: (at: number) => `Rotnyckel ${at}`,
  noRoot: "inte skrivet vem",
  representatives: "Representanter",
  representativesHelp:
    "Uppdraget och till när det gäller skrivs på kollegans egen sida, under Redigera.",
  nobody: "ingen vald än",
  until: (day: string) => `vald till och med ${fullDay(day)}`,
  over: (day: string) => `tiden gick ut ${fullDay(day)}`,
  noUntil: "inte skrivet till när",
  reserve: "reserv",
  by: (name: string, day: string) => `Senast ändrade av ${name} ${day}`,
};

/** "reserv, vald till och med 31 december 2027". */
export function representativeWords({ duty, until, over }: Representative): string {
  const time = until
    ? over
      ? kretsStatutes.over(until)
      : kretsStatutes.until(until)
    : kretsStatutes.noUntil;
  return joined([duty === "deputy_representative" && kretsStatutes.reserve, time], ", ");
}

/** Whose time has passed, in one line; empty when nobody's has. */
export function overWords({ places }: Pick<StatutesPage, "places">): string {
  const over = places.flatMap(({ municipality, representatives }) =>
    representatives
      .filter((of) => of.over)
      .map(({ member }) => `${member.title} (${municipality.title})`),
  );
  return over.length === 0
    ? ""
    : `Uppdraget som representant har gått ut för ${listed(over)}. Välj på nytt, eller skriv den nya dagen.`;
}
