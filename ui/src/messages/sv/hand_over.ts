import type { HeldThing } from "../../bindings";
import { capital, joined, listed, number } from "./common";
import { fullDay } from "./dates";
import { DUTIES } from "./people";

/** What a colleague answers for, and whoever takes it over when she leaves. */
export const handOver = {
  link: "Lämna över",
  title: (name: string) => `Lämna över efter ${name}`,
  ownTitle: "Lämna över det du svarar för",
  lead: "Välj vem som tar över, allt på en gång eller sak för sak. Texterna ändras inte. Det som har skrivits tidigare står kvar, med namn.",
  all: "Allt till",
  stays: "Ingen ännu, står kvar",
  deputy: (name: string) => `${name} är ersättare i dag.`,
  to: "Till",
  go: (count: number) => `Lämna över ${thingsWords(count)}`,
  going: "Lämnar över …",
  choose: "Välj först vem som tar över.",
  done: (count: number, heirs: string[]) =>
    `${thingsWords(count)} ${count === 1 ? "är överlämnad" : "är överlämnade"} till ${listed(heirs)}. De andra datorerna får veta det.`,
  none: (name: string) => `${name} har inget att lämna över.`,
  ownNone: "Du har inget att lämna över.",
  alone: "Det finns ingen annan kollega att lämna över till än.",
  aloneLink: "Lägg till en kollega",
  drafts: "Utkast på den här datorn",
  draftsText:
    "Bara du kan läsa dem. Spara det som andra behöver, annars går det inte att få tag på när du har slutat.",
  admin:
    "Rätten att bjuda in och ta ut kollegor följer inte med. Den ges under Kollegor och datorer.",
  leaving: "När allt är överlämnat tas kollegan ut under Kollegor och datorer.",
  people: "Kollegor och datorer",
  left: (name: string, held: HeldThing[]) => `${name} har ${leftWords(held)} kvar.`,
  first: "Lämna över först",
};

/** Headings by kind and field. A new kind that somebody answers for is one line. */
const GROUPS: Record<string, { title: string; one: string; several: string }> = {
  "member.duty": { title: "Uppdrag i kretsen", one: "uppdrag", several: "uppdrag" },
  "responsibility.member": { title: "Områden", one: "område", several: "områden" },
  "playbook.owner_member": { title: "Handlingskort", one: "kort", several: "kort" },
  "playbook.deputy_member": {
    title: "Handlingskort som reserv",
    one: "kort som reserv",
    several: "kort som reserv",
  },
  "member.deputy": {
    title: "Ersättare för",
    one: "kollega att ersätta",
    several: "kolleger att ersätta",
  },
  "question.asker": { title: "Egna frågor", one: "fråga", several: "frågor" },
  "question.asked": {
    title: "Bedd om andra ögon",
    one: "kollega som ber om andra ögon",
    several: "kolleger som ber om andra ögon",
  },
  "member.fadder": { title: "Fadder för", one: "ny kollega", several: "nya kollegor" },
  "introduction.owner_member": { title: "Introduktioner", one: "lista", several: "listor" },
};

function thingsWords(count: number): string {
  return `${number(count)} ${count === 1 ? "sak" : "saker"}`;
}

/** Things under their headings, in the order that they came in. */
export function heldGroups(
  held: HeldThing[],
): { title: string; words: string; things: HeldThing[] }[] {
  const groups = new Map<string, HeldThing[]>();
  for (const thing of held) {
    const name = `${thing.kind}.${thing.field}`;
    groups.set(name, [...(groups.get(name) ?? []), thing]);
  }
  return [...groups].flatMap(([name, things]) => {
    const known = GROUPS[name];
    if (!known) return [];
    const { title, one, several } = known;
    const words = `${number(things.length)} ${things.length === 1 ? one : several}`;
    return [{ title, words, things }];
  });
}

/** "1 uppdrag, 2 områden och 3 kort". */
export function leftWords(held: HeldThing[]): string {
  return listed(heldGroups(held).map(({ words }) => words));
}

/** What one thing is called in the list. */
export function heldTitle({ duty, title }: HeldThing): string {
  return duty ? capital(DUTIES[duty]) : title;
}

/** What is said beside it. */
export function heldWords(thing: HeldThing, today: string): string {
  const { responsibility: of, review_on: day, municipality } = thing;
  return joined([
    municipality?.title,
    of === "lead" && "huvudansvar",
    of === "support" && "stöd",
    day && (day < today ? `skulle ha granskats ${fullDay(day)}` : `granskas ${fullDay(day)}`),
  ]);
}
