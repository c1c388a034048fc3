import type { IntroductionRow, IntroductionTime, StepPage } from "../../bindings";
import { joined } from "./common";

/** The checklist of somebody new, and her fadder. */
export const introduction = {
  title: "Introduktion",
  linkText: "En lista för den som är ny, och en fadder att fråga",
  lead: "Det tar omkring ett år att lära känna en verksamhet. Börja här, i din egen takt.",
  which: "Vilken roll har du?",
  none: "Ingen lista finns än. Skriv den första: några steg räcker.",
  new: "Skriv en lista",
  newTitle: "Ny introduktion",
  whole: "hela kretsen",
  yours: "för din roll",
  draft: "utkast, granskas av er",
  isNew: "Ny här? Börja med introduktionen",
  forNew: "Introduktion för nya kollegor",
  private:
    "Dina bockar finns bara på den här datorn. Ingen annan ser dem, och ingen ser hur långt du har kommit.",
  clear: "Rensa mina bockar",
  empty: "Listan har inga steg än.",
  owner: "Svarar för listan",
  noOwner: "ingen ägare",
  read: "Läs",
  tryIt: "Prova",
  missing: "Listan finns inte här.",

  fadder: "Fadder",
  yourFadder: "Din fadder",
  noFadder: "Ingen fadder ännu.",
  fadderLead:
    "En fadder är en kollega, helst i en annan kommun, som du får ringa med stort och smått. Kom överens först, skriv sedan in det.",
  herLead: "En fadder är en kollega, helst i en annan kommun. Fråga båda innan du skriver in det.",
  choose: "Välj fadder",
  change: "Byt fadder",
  chooseTitle: (name: string) => `Fadder för ${name}`,
  chooseOwn: "Min fadder",
  several: "Flera har valts samtidigt. Alla står kvar tills någon väljer på sidan om kollegan.",
  askOthers: "Så hittar du en:",
  askRepresentative: (name: string) => `Fråga ${name}`,
  askKretsen: "Sök någon med erfarenhet i kretsen",
  askSomebody: "Be en kollega om andra ögon",
  unknown: "Säg först vem du är, så visas din fadder.",
};

export const WHEN: Record<IntroductionTime, string> = {
  first_day: "Första dagen",
  first_week: "Första veckan",
  first_month: "Första månaden",
  first_year: "Första året",
  unknown: "När det passar",
};

export const STEP_PAGES: Record<StepPage, string> = {
  search: "Sök",
  cards: "Handlingskort",
  questions: "Frågor",
  people: "Personer",
  me: "Din egen sida",
  ask_order: "Vem frågar jag?",
  matrix: "Vem gör vad",
  shared: "Vad får delas här?",
  news: "Nytt för dig",
  municipality: "Kommunens sida",
  needs_you: "Det här behöver dig",
  colleagues: "Kollegor och datorer",
  unknown: "",
};

/** "för din roll · Dorotea · utkast, granskas av er". */
export function listWords({ hers, municipality, draft }: IntroductionRow): string {
  return joined([
    hers && introduction.yours,
    municipality?.title ?? introduction.whole,
    draft && introduction.draft,
  ]);
}
