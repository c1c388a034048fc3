import type { LabelRow } from "../../bindings";
import { joined, listed } from "./common";

export const labels = {
  title: "Etiketter",
  lead: "En lista för hela kretsen. Redaktörerna håller ordning på den, och alla får hjälpa till.",
  add: "Lägg till etikett",
  change: (title: string) => `Ändra ${title}`,
  none: "Inga etiketter finns ännu. Lägg till den första.",
  about: "Etikett",
  also: "kallas även",
  on: "Etiketter",
  empty: "Inget har den här etiketten ännu. Du väljer etiketter när du frågar eller skriver.",
  cut: "Bara det nyaste visas. Sök på ett ord till så hittar du resten.",
  merge: "Slå ihop med en annan",
  mergeTitle: (title: string) => `Slå ihop ${title}`,
  mergeInto: "Vilken etikett ska gälla?",
  mergeChoose: "Välj en etikett",
  mergeText: (title: string) =>
    `Allt som har etiketten ${title} hittas sedan under den du väljer. Inget skrivs om, och det går att skilja dem åt igen.`,
  mergeNone: "Välj vilken etikett som ska gälla.",
  mergeYes: "Slå ihop",
  merged: (title: string) => `Etiketten är ihopslagen med ${title}. Allt under den visas här.`,
  toOther: (title: string) => `Till ${title}`,
  apart: "Skilj dem åt",
  retire: "Sluta erbjuda",
  offer: "Erbjud igen",
  retired: "Etiketten erbjuds inte längre när man skriver. Det som har den har den kvar.",
  missing: "Etiketten finns inte här.",
  leads: "Leder till",
  ask: "Fråga kretsen",
};

/** "kallas även Missbruk · leder till Beroendemottagningen · erbjuds inte längre". */
export function labelWords({ head, label, also }: LabelRow): string {
  return joined([
    also.length > 0 && `${labels.also} ${listed(also.map(({ title }) => title))}`,
    label.contact && `leder till ${head.titles[label.contact] ?? ""}`,
    label.retired && "erbjuds inte längre",
    head.voices.length > 0 && "står i flera lydelser, någon behöver välja",
  ]);
}
