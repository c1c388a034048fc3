import type {
  DayRemark,
  Force,
  MergeNote,
  Part,
  Playbook,
  PlaybookKind,
  PlaybookRow,
  Source,
} from "../../bindings";
import { capital, joined, listed } from "./common";
import { fullDay, month, period } from "./dates";

export const FORCES: Record<Force, string> = {
  must: "måste",
  usual: "brukar",
  judge: "bedöm",
  unknown: "",
};

export const SOURCES: Record<Source, string> = {
  law: "lag",
  research: "forskning",
  authority: "myndighetsråd",
  experience: "vår erfarenhet",
  practice: "praxis, ej granskad",
  unknown: "",
};

export const PARTS: Record<Part, string> = {
  when: "När",
  must: "Måste enligt lag",
  help: "Vem hjälper",
  form: "Blanketter",
  pitfall: "Fallgropar",
  child: "Hur barnet ses och hörs",
  question: "Din bedömning",
  term: "Ordförklaringar",
  unknown: "Övrigt",
};

export const CARD_KINDS: Record<PlaybookKind, string> = {
  rare_case: "Sällan-ärende",
  cooperation_routine: "Samarbetsrutin",
  general: "Allmänt",
  unknown: "",
};

/** What every statement, step and deadline says about where it comes from. */
export interface Grounded {
  source: Source;
  statute: string | null;
  checked: string | null;
  valid_from: string | null;
  valid_to: string | null;
  unverified: boolean;
}

/** "kontrollerad 2026-04-30 · gäller från 2025-07-01". */
export function groundWords(of: Grounded): string {
  const valid = period(of.valid_from, of.valid_to);
  const checked = of.checked && `kontrollerad ${of.checked}`;
  return joined([checked, groundValid(of, valid)]);
}

function groundValid(of: Grounded, valid: string): string {
  if (valid) return `gäller ${valid}`;
  return of.statute && of.checked ? "gällde vid kontrollen" : "";
}

export function draftWords(card: Pick<Playbook, "draft" | "reviewed_on">): string {
  if (card.draft) return "utkast, granskas av er";
  return card.reviewed_on ? `granskat ${month(card.reviewed_on)}` : "inte granskat";
}

export function ownerWords(card: Playbook): string {
  if (!card.owner_role) return "ingen ägare";
  return joined(
    [`Ägare: ${card.owner_role}`, card.deputy_role && `reserv ${card.deputy_role}`],
    ", ",
  );
}

export function cardMeta(card: Playbook): string {
  const reviewed =
    card.draft || !card.reviewed_on ? draftWords(card) : `granskat ${fullDay(card.reviewed_on)}`;
  return joined([CARD_KINDS[card.playbook], ownerWords(card), reviewed]);
}

export function rowMeta(row: PlaybookRow): string {
  return joined([
    row.owner_role ?? "ingen ägare",
    row.variants.length > 0 && `så gör vi: ${row.variants.join(", ")}`,
    row.voices && "står i flera lydelser",
  ]);
}

export function deviationCount(count: number): string {
  return count === 1 ? "1 avsteg" : `${count} avsteg`;
}

const REMARKS: Record<DayRemark, string> = {
  saturday: "Lördag: flytta inte, fråga domstolen.",
  sunday: "Söndag: flytta inte, fråga domstolen.",
  holiday: "Helgdag: flytta inte, fråga domstolen.",
};

export function remarkWords(remark: DayRemark | null): string {
  return remark ? REMARKS[remark] : "";
}

export type PlaceOf = (list: string | null, entry: string | null, field: string) => string;

/** "Du och Anna ändrade båda steg 3.", or from two windows: "Du ändrade steg 3 på två håll." */
export function mergeWords(merge: MergeNote, me: string | undefined, place: PlaceOf): string {
  const name = (who: MergeNote["author"]) => {
    if (!who) return "någon";
    return who.key === me ? "du" : who.title;
  };
  const [first, second] = [merge.author, merge.other].sort((a, b) =>
    a?.key === me ? -1 : b?.key === me ? 1 : 0,
  );
  const alone = merge.author !== null && merge.author.key === merge.other?.key;
  const who = capital(
    alone ? name(merge.author) : `${name(first ?? null)} och ${name(second ?? null)}`,
  );
  if (merge.fields.length === 0) {
    return `${who} skrev samtidigt på olika ställen. Allt finns med.`;
  }
  const places = merge.fields.map(({ list, entry, field }) => place(list, entry, field));
  const where = listed([...new Set(places)]);
  return alone ? `${who} ändrade ${where} på två håll.` : `${who} ändrade båda ${where}.`;
}

export const card = {
  listTitle: "Handlingskort",
  filter: "Filtrera på rubrik, område eller ägare",
  newCard: "Nytt kort",
  noArea: "Utan område",
  noCards: "Inga kort finns här ännu. Läs in ett startkort på sidan Krets, eller skriv det första.",
  reading: "läsvy",
  toReading: "Läsvy",
  toTicks: "Bocklista",
  firstDay: "Första dygnet",
  steps: "Steg",
  clearTicks: "Rensa bockar",
  ticksPrivate: "Bockarna är dina och stannar på den här datorn.",
  tick: (number: number) => `Steg ${number}`,
  unchecked: "ej kontrollerat",
  ifMissing: "Om resursen saknas hos oss",
  stepMenu: (number: number) => `Skriv vid steg ${number}`,
  writeAtStep: "Skriv …",
  wayHere: "Så gör vi här …",
  writeDeviation: "Skriv avsteg",
  deadlines: "Frister",
  count: "Räkna från ett datum",
  countStop: "Sluta räkna",
  countNote:
    "Datumen räknas här och sparas inte. Fristen är domstolens eller lagens: kontrollera alltid.",
  start: (of: string) => `Datum: ${of}`,
  startUnknown: "Datum för händelsen",
  startWords: (of: string) => `Räknas från: ${of}`,
  missed: (words: string) => `Om den missas: ${words}`,
  last: (day: string) => `Senast ${day}`,
  notCounted: "Tiden går inte att räkna ut. Läs lagtexten.",
  own: (municipality: string) => `Så gör vi här – ${municipality}`,
  ownNobody: "Så gör vi här",
  others: "Så gör vi i …",
  invite: "Det här vet bara ni: vem ni ringer, vilken väg som går fortast, vad ni alltid gör.",
  writeOwn: "Skriv hur ni gör",
  changeOwn: "Ändra",
  moreOwn: "Skriv om hela kortet",
  noMunicipality: "Välj vem du är på sidan Krets, så kan du skriva hur ni gör.",
  atStep: (number: number) => `vid steg ${number}`,
  waysAtStep: (own: boolean, others: string[]) =>
    joined([own && "så gör vi här", others.length > 0 && `så gör ${listed(others)}`]),
  help: "Vem hjälper",
  noHelp: "Ingen i kretsen har skrivit att de mött det här. Fråga ändå.",
  moreHelp: "Alla i kretsen",
  doneTitle: "Senast gjort",
  done: (municipality: string, year: number | null) =>
    joined([municipality, year?.toString()], " "),
  noDone: "Ingen har skrivit när det senast gjordes.",
  agreed: (day: string | null, present: string | null) =>
    capital(joined([day && `överenskommet ${fullDay(day)}`, present && `med: ${present}`], ", ")),
  practise: "Öva fem minuter",
  practiseLead: "Svara för dig själv, och öppna sedan. Dina svar sparas ingenstans.",
  practiseEnd: "Tillbaka till kortet",
  practiseSteps: "Någon ringer om ett sådant ärende nu. Vad gör du det första dygnet?",
  practiseDeadlines: "Vilken tid börjar löpa, och från när?",
  practiseHelp: "Vem ringer du?",
  practiseMust: "Vad kräver lagen?",
  notes: "Anteckningar",
  noNotes: "Ingen har antecknat något än.",
  newNote: "Skriv anteckning",
  reflect: "Skriv efter ett ärende",
  sources: "Källor",
  owner: "Ägare och granskning",
  ownerWord: "Ägare",
  reserve: "Reserv",
  reviewed: "Granskat senast",
  review: "Granskas nästa gång",
  notReviewed: "Inte granskat av någon i kretsen ännu",
  alsoCalled: (words: string) => `Kallas även: ${words}`,
  more: "Hela kortet",
  empty: "Inget skrivet här ännu.",
  news: "Nytt startkort finns",
  newsText: "Det här är nytt i startkortet. Ert kort ändras inte av sig självt.",
  take: "Ta över",
  newsDone: "Klart",
  notice: (checked: string | null) => (checked ? `Kontrollerad ${checked}.` : ""),
  noticeUrgent: "Gäller nu: kontrollera lagen innan du beslutar.",
  deviations: "Avsteg",
  deviationWhy: (reason: string) => `Därför: ${reason}`,
  deviationGeneral: "Avsteg som inte hör till ett steg",
  noClient: "Skriv inget som pekar ut en klient: ingen ålder, by eller händelse.",
  firstDraft: (when: string) => `Du har ett utkast från ${when}.`,
  continueDraft: "Fortsätt",
  missing: "Kortet finns inte här.",
  variantArchived: "Arkivera texten",
  step: (number: number) => `steg ${number}`,
};

export const voices = {
  two: "Här står två lydelser. Båda står kvar tills någon väljer.",
  several: "Här står flera lydelser. Alla står kvar tills någon väljer.",
  choose: "Låt denna gälla",
  merge: "Skriv ihop",
  emptied: "(tömt)",
  photos: "Här finns flera bilder. Alla står kvar tills någon väljer.",
  photo: (at: number) => `Bild ${at}`,
  yes: "ja",
  no: "nej",
  elsewhere: "Det här står i flera lydelser",
};
