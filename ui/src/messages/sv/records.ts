import type { Kind, KindCount, Records } from "../../bindings";
import { bytes, kindWord, number } from "./common";
import { instantDayWords } from "./dates";

/** For whoever answers for IT and for law in a municipality: what is stored, where and how long. */
export const records = {
  title: "Vad som lagras",
  link: "För IT och jurist: vad som lagras, var och hur länge",
  lead: "Till den som svarar för IT, arkiv eller juridik i kommunen. Sidan säger vad Rådrum gör. Vad kommunen har det till, och med vilken rätt, bestämmer kommunen.",
  noClients:
    "Uppgifter om klienter hör inte hemma här. Rådrum stoppar det som det känner igen när någon skriver. Det som ändå slinker in kan tas bort för alla.",
  print: "Skriv ut",

  here: "På den här datorn",
  folder: "Mapp",
  file: "Fil",
  fileIs: (name: string, size: number) => `${name}, ${bytes(size)}`,
  fileHelp: "Krypterad. Nyckeln ligger i datorns nyckelförråd, eller är en lösenfras.",
  content: "Innehåll",
  empty: "inget än",
  written: "Skrivet",
  private: "Bara här",
  privateHelp: "Utkast, bockar och det du följer skickas aldrig.",
  entries: "Låsta poster",
  entriesHelp: "Det som kretsens datorer har lämnat till varandra.",
  erased: "Borttagna poster",
  erasedHelp: "Bara ett märke utan innehåll är kvar av var och en.",
  backup: "Säkerhetskopia",
  backupHelp: "Rådrum minns den senaste. Äldre filer ligger där ni har lagt dem.",
  relays: "Relä",
  noRelays: "inget",
  log: "Programmets logg",
  logIs: (days: number) => `${number(days)} dagar`,
  since: "Började",
  version: "Rådrum",

  table: "Vad, var och hur länge",
  columns: ["Vad", "Var", "Hur länge"],
  rows: [
    [
      "Handlingskort, erfarenhet, ansvar, anteckningar, kollegor och kontakter",
      "I en krypterad fil på varje kollegas dator. Alla i kretsen läser det.",
      "Tills det tas bort. Det som är arkiverat finns kvar.",
    ],
    ["Vem som skrev vad och när, som hens dator sade det", "Som ovan.", "Så länge texten finns."],
    [
      "Utkast, bockar, det du följer, vilken dag fönstret användes sist och inställningar",
      "Bara på den egna datorn. Skickas aldrig.",
      "Tills mappen tas bort från datorn.",
    ],
    [
      "Det som väntar på att skickas utan namn, och nycklarna till det",
      "Bara på den egna datorn. Finns i ingen kopia: efter en återställning går det inte att fråga vidare eller träda fram i tråden.",
      "Texten tills den har kommit tillbaka till alla. Nyckeln tills mappen tas bort från datorn.",
    ],
    [
      "Låsta poster",
      "På datorerna, på stickor och hos reläet. Bara kretsens datorer kan öppna dem.",
      "Tills innehållet tas bort. Då blir ett märke på 106 byte kvar, utan innehåll.",
    ],
    [
      "Säkerhetskopior",
      "Där någon lägger dem: en fil som en lösenfras öppnar. Utan nycklar och utkast.",
      "Tills någon kastar dem. Något borttaget kan finnas i en äldre fil, och rensas innan en återställd fil visas.",
    ],
    [
      "Datorns nycklar",
      "I en egen låst fil bredvid. Finns i ingen kopia.",
      "Tills mappen tas bort från datorn.",
    ],
    [
      "Hos reläet",
      "Var låsta poster hör hemma, storlekar, tider och datorernas nycklar utan namn.",
      "Som de låsta posterna. Vem som har hämtat vad sparas inte.",
    ],
    [
      "Hos reläet, för det som skrivs utan namn",
      "Vilken vecka en dator senast fick polletter, och vilka polletter som är använda och för vad. Polletterna är inte att känna igen, så inget knyter det ena till det andra.",
      "Det första tills datorn ber om nya. Det andra som de låsta posterna.",
    ],
    [
      "Hos reläet, för den som har beställt brev",
      "E-postadressen, dagen för senaste brevet, och koder för det som följs som bara kretsen kan läsa. Inte vilken dator som beställde.",
      "Tills den som beställde avslutar det.",
    ],
  ] as [string, string, string][],

  processing: "Till kommunens registerförteckning",
  processingRows: [
    [
      "Ändamål",
      "Kommunen bestämmer. Rådrum är gjort för att handläggare ska hitta en kollega och ett arbetssätt när de får ett ovanligt ärende.",
    ],
    ["Rättslig grund", "Kommunen bestämmer."],
    [
      "Personuppgiftsansvarig",
      "Kommunerna bestämmer, var för sig eller tillsammans. Ingen annan driver Rådrum åt dem.",
    ],
    [
      "Vilka det gäller",
      "Medarbetare i kommunerna och FoU, och kontaktpersoner hos andra. Inte klienter.",
    ],
    [
      "Uppgifter",
      "Namn, roll, kontor, telefon och e-post i arbetet, erfarenhet som hen själv har skrivit, dagar borta, och vem som skrev vad.",
    ],
    [
      "Vilka som får del",
      "Kretsens medlemmar. Den som sköter reläet ser låsta poster, storlekar och tider.",
    ],
    ["Utanför EU", "Rådrum skickar inget dit. Var reläet står bestämmer den som sköter det."],
    ["Gallring", "Som i tabellen ovan. Listan Borttaget är belägg, med beslutets beteckning."],
    [
      "Skydd",
      "Filen är krypterad. Det som skickas är låst och underskrivet. Den som slutar får inget nytt.",
    ],
  ] as [string, string][],

  logs: "Vad som loggas",
  logsText: (days: number) =>
    `Programmets logg ligger i mappen log i mappen ovan, i ${number(days)} dagar. Där står koder, antal och storlekar, aldrig vad någon har skrivit eller sökt. Den lämnar inte datorn. Den som får öppna mappen kan läsa den.`,
  logsNot:
    "Vem som har läst, sökt eller hämtat något sparas ingenstans. Det finns ingen statistik över personer. Historiken säger vem som skrev vad, och den ser alla i kretsen.",

  request: "När någon begär ut en handling",
  requestText:
    "Kontoret svarar från sin egen dator, också utan nät. Under Filer på sidan Krets finns Exportera: en zip-fil för kommunen eller hela kretsen, med text, tabeller och maskinläsbara filer.",
  requestLink: "Till Exportera på sidan Krets",
  requestErased:
    "Något som har tagits bort går inte att få fram. Att det togs bort, när, varför och vilket slag det var finns kvar. Ta ut en kopia först om det ska bevaras.",
  erasedLink: "Visa vad som är borttaget",

  release: "Kontrollera en utgåva",
  releaseText:
    "Bygg den själv. Allt som programmet är gjort av står i Cargo.lock och ui/package-lock.json, och cargo xtask test kör samma prov som vi kör. Utgåvorna är inte signerade än.",
};

/** More than one of a kind. */
const MANY: Record<Kind, string> = {
  area: "områden",
  label: "etiketter",
  municipality: "kommuner",
  office: "kontor",
  member: "kollegor",
  responsibility: "ansvar",
  playbook: "handlingskort",
  variant: "så gör vi här",
  deviation: "avsteg",
  external_contact: "externa kontakter",
  resource: "resurser",
  note: "anteckningar",
  statutes: "stadgar",
  question: "frågor",
  answer: "svar",
  ask_order: "vem frågar jag",
  advice_group: "rådgrupper",
  proposal: "förslag till kollegor",
  bulletin: "nytt att veta",
  ruling: "fastställda versioner",
  introduction: "introduktioner",
  suggestion: "förslag och fel",
  welcome: "välkomsttext",
};

/** "16 handlingskort, 1 kollega". A kind of a newer program is left unsaid. */
export function kindsWords(kinds: KindCount[]): string {
  const said = kinds.filter(({ kind }) => kindWord(kind) !== "");
  const words = said.map(({ kind, count }) =>
    count === 1 ? `1 ${kindWord(kind)}` : `${number(count)} ${MANY[kind as Kind]}`,
  );
  return words.join(", ") || records.empty;
}

/** "3 dec 2024 till 22 nov". */
export function spanWords(of: Records, today: string): string {
  if (of.first_at === null || of.last_at === null) return "";
  return `${instantDayWords(of.first_at, today)} till ${instantDayWords(of.last_at, today)}`;
}

export function privateWords({ drafts, ticks }: Records): string {
  return `${number(drafts)} utkast, ${number(ticks)} ${ticks === 1 ? "bock" : "bockar"}`;
}
