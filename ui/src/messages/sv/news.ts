import type { MailStanding, NewsGroup, NewsOf, NewsWhat } from "../../bindings";
import { capital, joined, listed } from "./common";

export const news = {
  title: "Nytt för dig",
  lead: "Svar på dina frågor, och det som hör till något du följer.",
  none: "Inget nytt sedan du tittade.",
  begin:
    "Följ en etikett, ett område eller en fråga, så visas det nya här. Bara den här datorn vet vad du följer.",
  toLabels: "Se etiketterna",
  toAreas: "Se områdena",
  toQuestions: "Se frågorna",
  read: "Läst",
  readOf: (title: string) => `: ${title}`,
  allRead: "Allt är läst",
  gone: "Frågan är borttagen",
  follows: "Du följer",
  followsLead: "Bara den här datorn vet det. Det visas inte för någon annan.",
  followsNone: "Du följer inget ännu.",
  own: "Dina frågor",
  threads: "Frågor du följer",
  area: (title: string) => `Område: ${title}`,
  label: (title: string) => `Etikett: ${title}`,
  follow: "Följ",
  unfollow: "Sluta följa",
  all: "Allt nytt för dig",
  settings: "Avisering på skrivbordet",
  notices: "Avisering",
  noticesOn: "Säg till när det finns nytt på något du följer",
  noticesHelp: "Rutan säger bara att något är nytt, aldrig vad eller från vem.",
  quiet: "Tysta timmar",
  from: "Från",
  to: "Till",
  quietHelp: "Det som kommer då sägs efteråt. Samma klockslag två gånger: aldrig tyst.",
  badTime: "Skriv klockslag som 17:00.",
  mail: "Brev",
  mailLead:
    "Reläet kan skicka ett brev när det finns nytt på etiketter och områden du följer, högst ett om dagen och bara på dagtid. Brevet säger inte vad som är nytt eller från vem.",
  mailTo: "E-postadress",
  mailHelp: "Använd helst en brevlåda på arbetet. Du kan byta adress eller sluta när du vill.",
  mailOrder: "Beställ brev",
  mailChange: "Byt adress",
  mailEnd: "Sluta få brev",
  mailKnows: "Vad reläet då vet",
  mailKnown: [
    "Adressen, och vilka dagar det har funnits nytt. Står ditt namn i adressen vet den som sköter reläet ditt namn.",
    "Inte vilken dator som beställde: beställningen går för sig, betald med en pollett som reläet har skrivit under utan att se den. Den som sköter reläet ser ändå från vilken nätadress och när den kom.",
    "Inte vad du följer: etiketter och områden är koder som bara kretsen kan läsa. Hur många de är syns inte. Reläet ser däremot när två beställningar har en kod gemensam.",
    "Ett brev kan gälla något du själv har skrivit, för reläet vet inte att det var du. Inlägg utan namn ger inga brev.",
  ],
};

export function reasonWords({ reason, of }: NewsGroup): string {
  switch (reason) {
    case "own_question":
      return news.own;
    case "question":
      return news.threads;
    case "area":
      return news.area(of?.title ?? "");
    case "label":
      return news.label(of?.title ?? "");
  }
}

const CHANGED: Partial<Record<NewsWhat["kind"], string>> = {
  question: "frågan är ändrad",
  playbook: "handlingskortet är ändrat",
  note: "anteckningen är ändrad",
  resource: "resursen är ändrad",
  external_contact: "kontakten är ändrad",
  bulletin: "”Nytt att veta” är ändrat",
};

const FRESH: Partial<Record<NewsWhat["kind"], string>> = {
  question: "ny fråga",
  playbook: "nytt handlingskort",
  note: "ny anteckning",
  resource: "ny resurs",
  external_contact: "ny kontakt",
  bulletin: "nytt att veta",
};

/** What municipalities did: "Malå och Åsele svarade på din fråga". */
const DID: Partial<Record<NewsWhat["kind"], [fresh: string, changed: string]>> = {
  answer: ["svarade", "ändrade sitt svar"],
  variant: ["skrev hur de gör", "ändrade hur de gör"],
  deviation: ["skrev ett avsteg", "ändrade ett avsteg"],
  ruling: ["fastställde kortet", "ändrade ett beslut om kortet"],
};

/** What stands in a thread and answers nothing. */
const FURTHER: [fresh: string, changed: string] = ["skrev vidare i tråden", "ändrade sitt inlägg"];

/** All of one kind, new or changed, in one sentence. */
function sentence(whats: NewsWhat[], own: boolean): string {
  const [first] = whats;
  if (!first) return "";
  const { kind, fresh, further } = first;
  const names = [...new Set(whats.flatMap(({ municipality }) => municipality ?? []))];
  const did = (further ? FURTHER : DID[kind])?.[fresh ? 0 : 1];
  if (did) {
    const who = names.length > 0 ? listed(names.sort((a, b) => a.localeCompare(b, "sv"))) : "någon";
    const whom = first.nameless ? "någon utan namn" : who;
    return `${whom} ${did}${own && fresh && !further ? " på din fråga" : ""}`;
  }
  if (first.nameless) return `${(fresh ? FRESH : CHANGED)[kind] ?? ""} utan namn`;
  const from = fresh && names.length > 0 ? ` från ${listed(names)}` : "";
  return `${(fresh ? FRESH : CHANGED)[kind] ?? ""}${from}`;
}

/** "Malå svarade på din fråga · någon utan namn svarade". */
export function newsWords({ what }: NewsOf, own: boolean): string {
  const sorts = new Map<string, NewsWhat[]>();
  for (const one of what) {
    const sort = `${one.kind} ${one.fresh} ${one.nameless} ${one.further}`;
    sorts.set(sort, [...(sorts.get(sort) ?? []), one]);
  }
  return capital(joined([...sorts.values()].map((of) => sentence(of, own))));
}

/** How letters stand, in a sentence. */
export const MAIL_STANDING: Record<MailStanding, string> = {
  off: "Inga brev är beställda.",
  waits:
    "Beställningen går iväg nästa gång reläet nås. Det kan ta till nästa vecka om veckans polletter är slut.",
  on: "Brev kommer när det finns nytt.",
  no_letters: "Reläet skickar inga brev. Be den som sköter det att ställa in en e-postserver.",
  refused: "Reläet tog inte emot adressen. Skriv den en gång till, eller pröva en annan.",
  example: "Exempelkretsen skickas aldrig, så här går det inte att få brev.",
  no_relay: "Brev kräver en krets med ett relä.",
  few: "Brev går att beställa när kretsen har minst 20 datorer i 3 kommuner. I en mindre krets går det att räkna ut vem som beställde.",
};
