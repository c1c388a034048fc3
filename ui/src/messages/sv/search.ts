import type { GroupKind, RecentRow, WaitingRow } from "../../bindings";
import { kindWord, listed } from "./common";

const GROUPS: Record<GroupKind, string> = {
  office_people: "På ditt kontor",
  region_people: "I kretsen",
  ask_order: "Vem frågar jag?",
  question: "Frågor",
  playbook: "Handlingskort",
  bulletin: "Nytt att veta",
  note: "Anteckningar",
  external_contact: "Externa kontakter",
  resource: "Resurser",
  label: "Etiketter",
  introduction: "Introduktion",
  statutes: "Kretsen",
  suggestion: "Förslag och fel",
};

/** Forms for something new, by the key of their draft. */
const NEW_FORMS: Record<string, string> = {
  note: "Ny anteckning",
  playbook: "Nytt handlingskort",
  member: "Ny kollega",
  external_contact: "Ny extern kontakt",
  resource: "Ny resurs",
  responsibility: "Nytt ansvar",
  variant: "Så gör vi här",
  deviation: "Avsteg",
  office: "Nytt kontor",
  label: "Ny etikett",
  area: "Nytt område",
  municipality: "Ny kommun",
  statutes: "Kretsens stadgar",
  question: "Ny fråga",
  answer: "Svar",
  ask_order: "Vem frågar jag?",
  advice_group: "Rådgrupp",
  proposal: "Förslag till en kollega",
  ruling: "Fastställ",
  bulletin: "Nytt att veta",
  introduction: "Ny introduktion",
  suggestion: "Förslag eller fel",
  welcome: "Välkomsttext",
  hand_over: "Lämna över ett ansvar",
};

export const search = {
  label: "Sök kollega, handlingskort eller nummer",
  placeholder: "Vad har du framför dig?",
  hint: "Ctrl K",
  group: (kind: GroupKind) => GROUPS[kind],
  more: (kind: GroupKind) => `Visa fler: ${GROUPS[kind]}`,
  fewer: (kind: GroupKind) => `Visa färre: ${GROUPS[kind]}`,
  cut: "Fler finns. Skriv ett ord till så blir listan kortare.",
  found: (groups: string[]) =>
    groups.length === 0 ? "Inget som stämmer helt." : `Svar under ${listed(groups)}.`,
  thin: "Inget som stämmer helt. Du kommer vidare så här:",
  maybe: "Inte det du sökte? Du kommer vidare så här:",
  unknownCase: "Okänt ärende: så kommer du igång",
  colleagues: "Se vilka kollegor som finns",
  ask: "Fråga kretsen",
  writeNote: "Skriv en anteckning till kretsen",
  recent: "Nytt i kretsen",
  waiting: "Väntar på dig",
  areas: "Områden",
  newNote: "Skriv anteckning",
  allNotes: "Alla anteckningar",
  quietStart:
    "Här visas vad kollegor skriver. Börja med att söka, eller skriv den första anteckningen.",
  draft: "utkast",
  draftOf: (row: WaitingRow & { waiting: "draft" }) => {
    const [kind = "", of = ""] = row.key.split(":");
    if (kind === "new") return NEW_FORMS[of] ?? "Utkast";
    return row.title || (NEW_FORMS[kind] ?? "Utkast");
  },
  asked: (name: string) => (name ? `${name} ber om andra ögon` : "andra ögon"),
  proposed: (name: string) =>
    name ? `${name} föreslår en rad om din erfarenhet` : "förslag om din erfarenhet",
  voices: "står i flera lydelser, någon behöver välja",
};

/** What was written: "anteckning", "avsteg", "så gör vi här". */
export function recentWords(row: RecentRow): string {
  return row.kind === "playbook" ? "ändrat handlingskort" : kindWord(row.kind);
}
