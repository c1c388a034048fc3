import type { AdviceGroupRow, AskRow, MemberRow, OfficeRow } from "../../bindings";
import { joined, listed } from "./common";
import { shortDay, span } from "./dates";
import { awayWords, callWords } from "./people";

/** Whom an office asks, rådgrupper, proposed lines. */
export const asking = {
  title: "Vem frågar jag?",
  titleOf: (office: string) => `Vem frågar jag? ${office}`,
  back: "Kontor",
  intro: "Den ordning som kontoret själv har skrivit. Alla i kretsen får ändra den.",
  empty: "Ingen har skrivit kontorets ordning än. Börja med den ni brukar gå till först.",
  write: "Skriv ordningen",
  decides: "Får besluta om",
  now: "ingen just nu",
  deputy: (name: string, phone: string | null) => `Är hen borta: ${joined([name, phone], ", ")}`,
  stepsIn: (name: string, phone: string | null) =>
    `Fråga i stället: ${joined([name, phone], ", ")}`,
  gap: "Ingen av dem nås i dag. Gå vidare till nästa.",
  officePhone: "Kontoret",
  print: "Skriv ut",
  missing: "Kontoret finns inte här.",

  group: "Rådgrupp",
  groupOf: (area: string) => `Rådgruppen för ${area}`,
  groupIntro:
    "Kollegor som har satt sig in i området och ger tid åt hela kretsen. De bollar, du beslutar.",
  groupEmpty: "Ingen rådgrupp finns för området än.",
  groupStart: "Skriv vilka som är med",
  groupAsk: "Fråga var och en innan du skriver in henne.",
  members: "Är med",
  whole: (area: string) => `Vem gör vad i ${area}`,
  areaMissing: "Området finns inte här.",

  propose: "Föreslå en rad",
  proposeTitle: (name: string) => `Föreslå en rad till ${name}`,
  proposeNote: (name: string) =>
    `${name} avgör själv. Raden visas bara för er två tills hon tar upp den, men den ligger i kretsens data.`,
  proposeVerb: "Föreslå",
  waiting: "Föreslaget till dig",
  yours: "Du har föreslagit",
  from: (name: string) => `förslag från ${name}`,
  take: "Ta upp",
  leave: "Låt vara",
};

/** A pause that has been written, now or later: "30 nov–4 dec". */
export function pauseSpan({ office }: OfficeRow): string {
  const { paused_from: from, paused_to: to } = office;
  if (from && to) return span(from, to);
  if (from) return `från ${shortDay(from)}`;
  return to ? `till ${shortDay(to)}` : "";
}

/** Who it is: the person, with the role that the order gives her or else her own. */
export function askedWords({ person, role, gap }: AskRow): string {
  if (!person) return joined([role, (gap || !role) && asking.now], ": ");
  return joined([person.title, role ?? person.role], ", ");
}

/** "borta till 4 dec · ring gärna". */
export function reachWords(person: MemberRow): string {
  const away = awayWords({ ...person, deputy: null });
  return joined([away, !person.away_today && callWords(person)]);
}

/** "Sofia Kvarnlöf och Hanna Åkerlind · tisdagar 13–15 · Ring vem som helst i gruppen." */
export function groupWords(group: AdviceGroupRow): string {
  const names = group.members.map(({ person }) => person.title);
  return joined([names.length > 0 && listed(names), group.hours, group.reach]);
}
