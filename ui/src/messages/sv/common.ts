import type { Kind } from "../../bindings";

export const common = {
  app: "Rådrum",
  title: (page: string) => (page ? `${page} – Rådrum` : "Rådrum"),
  skip: "Hoppa till innehållet",
  pages: "Sidor",
  region: "Krets",
  regionName: (name: string) => `: ${name}`,
  exampleBand: "Exempelkrets – påhittade personer",
  example: "Påhittade personer",
  rebuilding: "Listorna fylls på. Sök och läs som vanligt.",
  slow: "Hämtar …",
  dayPattern: "ÅÅÅÅ-MM-DD",
  again: "Försök igen",
  edit: "Redigera",
  change: "Ändra",
  save: "Spara",
  saving: "Sparar …",
  saved: "sparat",
  drafted: "utkast sparat",
  cancel: "Avbryt",
  close: "Stäng",
  done: "Klart",
  print: "Skriv ut",
  history: "Historik",
  archive: "Arkivera",
  restore: "Återställ",
  showMore: "Visa fler",
  showFewer: "Visa färre",
  nobody: "programmet",
  back: "Tillbaka",
  archivedNote: "Arkiverat. Det syns inte i listor och sök, men finns kvar.",
  editedWhileArchived: "Arkiverat, men ändrat samtidigt av någon annan. Inget är borta.",
  none: "ingen",
  filter: "Filtrera",
  noMatch: "Inget stämmer med filtret.",
  clearFilter: "Visa allt",
};

export const nav = {
  sok: "Sök",
  kort: "Handlingskort",
  fragor: "Frågor",
  personer: "Personer",
  ansvar: "Vem gör vad",
};

const KINDS: Record<Kind, string> = {
  area: "område",
  label: "etikett",
  municipality: "kommun",
  office: "kontor",
  member: "kollega",
  responsibility: "ansvar",
  playbook: "handlingskort",
  variant: "så gör vi här",
  deviation: "avsteg",
  external_contact: "extern kontakt",
  resource: "resurs",
  note: "anteckning",
  statutes: "stadgar",
  question: "fråga",
  answer: "svar",
  ask_order: "vem frågar jag",
  advice_group: "rådgrupp",
  proposal: "förslag till en kollega",
  bulletin: "nytt att veta",
  ruling: "fastställd version",
  introduction: "introduktion",
  suggestion: "förslag eller fel",
  welcome: "välkomsttext",
};

export function kindWord(kind: string): string {
  return KINDS[kind as Kind] ?? "";
}

export function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase("sv") + text.slice(1);
}

/** Inside a sentence: "adoption", but "LVU". */
export function inSentence(title: string): string {
  const [first = "", second = ""] = title;
  const isAcronym =
    second !== "" && second === second.toLocaleUpperCase("sv") && /\p{L}/u.test(second);
  return isAcronym ? title : first.toLocaleLowerCase("sv") + title.slice(1);
}

export function joined(parts: (string | null | undefined | false)[], by = " · "): string {
  return parts.filter(Boolean).join(by);
}

/** "Malå, Norsjö och Åsele". */
const list = new Intl.ListFormat("sv-SE", { type: "conjunction" });

export function listed(words: string[]): string {
  return list.format(words);
}

const size = new Intl.NumberFormat("sv-SE", { maximumFractionDigits: 1 });

export function bytes(count: number): string {
  return count < 1_000_000
    ? `${size.format(count / 1_000)} kB`
    : `${size.format(count / 1_000_000)} MB`;
}

export function number(count: number): string {
  return size.format(count);
}
