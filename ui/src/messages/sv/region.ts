import type { Few, ReviewRow, Trouble } from "../../bindings";
import { bytes, joined, number } from "./common";

export const matrix = {
  title: "Vem gör vad",
  lead: "Vilken kommun som har huvudansvar eller stöd för varje område. Klicka i rutan för att läsa eller ändra.",
  add: "Lägg till",
  area: "Område",
  cell: (area: string, municipality: string, word: string) => `${area}, ${municipality}: ${word}`,
  addCell: (area: string, municipality: string) => `Lägg till ansvar: ${area}, ${municipality}`,
  newTitle: "Nytt ansvar",
  changeTitle: "Ändra ansvar",
  detail: (area: string, municipality: string) => `${area} – ${municipality}`,
  since: (from: string) => `från ${from}`,
  decision: "Beslut",
  note: "Anteckning",
  askFor: "Fråga efter",
  end: "Avsluta",
  endTitle: "Avsluta ansvaret",
  handOver: "Lämna över",
  handOverTitle: "Lämna över ansvaret",
  handOverText: "Det gamla ansvaret avslutas dagen före, och det nya börjar.",
  past: "Tidigare",
  people: (area: string) => `Kollegor som mött ${area}`,
  nobody: "Ingen kollega har skrivit att hon eller han mött det här.",
  keys: "Piltangenterna går mellan rutorna.",
  noAreas: "Inga områden finns ännu. Lägg till ett på sidan Krets.",
  noHolder: "ingen har tagit det ännu",
};

const FEW: Record<Few, string> = {
  none: "ingen i kretsen har mött det ännu",
  one: "en kollega har mött det",
  several: "",
};

export function fewWords(few: Few): string {
  return FEW[few];
}

export function reviewWords(row: ReviewRow): string {
  return joined([
    row.voices && "står i flera lydelser",
    row.draft && "utkast, granskas av er",
    row.review_on && `skulle granskas ${row.review_on}`,
    !row.owner_role && "ingen ägare",
  ]);
}

export const region = {
  title: "Krets",
  lead: "Kretsen, det ni har gemensamt i den, och den här datorn.",
  about: "Om",
  computer: "Den här datorn",
  folder: "Mapp",
  size: "Storlek",
  sizeOf: (count: number) => bytes(count),
  entries: "Poster i loggen",
  count: (count: number) => number(count),
  version: "Rådrum",
  pack: "Startkort",
  me: "Vem är jag",
  meIs: (name: string) => `Du är ${name}.`,
  meNobody: "Ingen är vald än. Välj vem du är, så visas ditt kontor först.",
  choose: "Det här är jag",
  chooseWho: "Kollega",
  myPage: "Min sida",
  reviews: "Granskas",
  reviewsNone: "Inget väntar på granskning.",
  municipalities: "Kommuner och FoU",
  addMunicipality: "Lägg till kommun eller FoU",
  labels: "Etiketter",
  labelsLink: "Se och ordna kretsens etiketter",
  areas: "Områden",
  addArea: "Lägg till område",
  archived: "Arkiverat",
  archivedNone: "Inget är arkiverat.",
  export: "Exportera",
  exportText: "En zip-fil med allt innehåll i vanliga format, att spara eller lämna vidare.",
  exportWhat: "Vad",
  exportAll: "Hela kretsen",
  exportGo: "Exportera till fil",
  exportName: (name: string, day: string) => `radrum ${name} ${day}.zip`,
  exported: (items: number, size: number) => `Klart. ${number(items)} poster, ${bytes(size)}.`,
  readPack: "Läs in startkort",
  readPackText: "En fil med nya startkort. Era egna kort ändras inte; det nya läggs bredvid.",
  readPackGo: "Välj fil",
  packRead: (pack: string, added: number, news: number) =>
    `Startkort ${pack} är inläst. ${added === 0 ? "Inga nya kort." : `Nya kort: ${number(added)}.`} ${
      news === 0
        ? "Inget nytt bredvid era kort."
        : `Nytt finns bredvid ${number(news)} av era kort.`
    }`,
  check: "Kontrollera filen",
  checkText: "Går igenom hela filen. Det tar en liten stund och ändrar inget.",
  checkGo: "Kontrollera",
  checkSound: "Filen är hel.",
  checkFaults: (faults: number) =>
    `Filen har ${number(faults)} fel. Inget är raderat. Exportera nu och säg till IT: de behöver mappen ovan.`,
  look: "Utseende",
  themes: { auto: "Som datorn", light: "Ljust", dark: "Mörkt" },
  keys: "Tangenter",
  files: "Filer",
};

interface TroubleWords {
  title: string;
  text: string;
  todo: string;
}

export const TROUBLES: Record<Trouble, TroubleWords> = {
  wrong_key: {
    title: "Nyckeln passar inte till filen",
    text: "Rådrum hittade en nyckel på den här datorn, men den hör till en annan fil. Filen är som den var, och inget är raderat.",
    todo: "Be IT lägga tillbaka rätt mapp eller rätt nyckel. Behöver du börja arbeta nu kan filerna läggas undan och en ny krets skapas.",
  },
  key_missing: {
    title: "Nyckeln till filen saknas",
    text: "Filen finns kvar, men nyckeln som öppnar den finns inte i datorns nyckelförråd. Det händer till exempel när datorn har bytts. Inget är raderat.",
    todo: "Be IT återställa nyckelringen. Behöver du börja arbeta nu kan filerna läggas undan och en ny krets skapas.",
  },
  key_store_missing: {
    title: "Datorns nyckelförråd svarar inte",
    text: "Nyckeln till filen ligger i datorns nyckelring, och den svarar inte just nu. Inget är raderat.",
    todo: "Lås upp nyckelringen, eller logga ut och in igen. Försök sedan en gång till.",
  },
  damaged: {
    title: "Filen går inte att läsa",
    text: "Nyckeln är rätt, men filen är skadad. Det kan bero på ett strömavbrott eller ett fel på disken. Inget är raderat.",
    todo: "Försök en gång till. Hjälper det inte: lägg undan filerna och återställ från en säkerhetskopia, eller be om en ny inbjudan.",
  },
  disk_full: {
    title: "Disken är full",
    text: "Rådrum behöver lite plats för att öppna filen. Inget är raderat.",
    todo: "Frigör plats, till exempel genom att tömma papperskorgen. Försök sedan igen.",
  },
  read_only: {
    title: "Mappen går inte att skriva i",
    text: "Rådrum får läsa filen men inte skriva i mappen. Inget är raderat.",
    todo: "Be IT om skrivrättighet till mappen, och försök sedan igen.",
  },
  synced_folder: {
    title: "Mappen kopieras av ett annat program",
    text: "Mappen ligger där ett synkprogram kopierar filer, till exempel OneDrive. Då kan filen gå sönder, så Rådrum öppnar den inte. Inget är raderat.",
    todo: "Använd den vanliga mappen på den här datorn i stället.",
  },
  network_folder: {
    title: "Mappen ligger på en annan dator",
    text: "Filen ligger på en nätverksenhet. Där kan den gå sönder när nätet bryts, så Rådrum öppnar den inte. Inget är raderat.",
    todo: "Använd den vanliga mappen på den här datorn i stället.",
  },
  already_open: {
    title: "Rådrum är redan öppet",
    text: "Ett annat fönster eller en annan inloggning på datorn har filen öppen. Inget är raderat.",
    todo: "Byt till det andra fönstret, eller stäng det och försök igen.",
  },
  newer_program: {
    title: "Filen är skriven av ett nyare Rådrum",
    text: "Det här programmet är äldre än filen och rör den därför inte. Inget är raderat.",
    todo: "Be IT uppdatera Rådrum. Försök sedan igen.",
  },
  unknown: {
    title: "Rådrum kunde inte öppna filen",
    text: "Något oväntat hände. Filen är som den var, och inget är raderat.",
    todo: "Försök igen. Hjälper det inte: visa den här sidan för IT. Loggen i mappen säger mer, utan innehåll.",
  },
};

export const start = {
  opening: "Öppnar …",
  welcome: "Välkommen till Rådrum",
  welcomeText: "Några rader, sedan är du i gång. Allt du skriver finns på den här datorn.",
  invitedAsk: "Har en kollega bjudit in dig?",
  invited: "Jag har en inbjudan",
  backupAsk: "Har datorn bytts?",
  invitedText:
    "Klistra in brevet som din kollega har skickat, eller öppna filen. Du får en ansökan att skicka tillbaka. Kort, kollegor och ansvar kommer från kretsen när du är med.",
  notInvited: "Jag har ingen inbjudan",
  joining: "Skriver ansökan …",
  region: "Kretsens namn",
  regionHelp: "Namnet på kommunerna som delar, till exempel Inlandet.",
  municipality: "Din kommun",
  name: "Ditt namn",
  role: "Din roll",
  roleHelp: "Till exempel socialsekreterare.",
  passphrase: "Lösenfras",
  passphraseHelp:
    "Datorn har inget nyckelförråd, så filen låses med en fras som bara du kan: minst tolv tecken, gärna tre vanliga ord. Den går inte att återskapa.",
  passphraseAgain: "Lösenfrasen en gång till",
  passphraseDiffers: "De två fraserna är inte lika.",
  passphraseShort: "Skriv minst tolv tecken.",
  begin: "Börja",
  beginning: "Skapar kretsen …",
  required: "Fyll i det här.",
  exampleTitle: "Vill du titta först?",
  exampleText:
    "Exempelkretsen är en påhittad krets med kollegor, kort och ansvar att prova. Öppna den från programmenyn under Rådrum – Exempelkrets, eller med tillägget --demo. Den blandas aldrig med er egen.",
  unlockTitle: "Lås upp Rådrum",
  unlockText: "Filen är låst med en lösenfras.",
  unlock: "Lås upp",
  folder: "Mappen, för dig och IT",
  putAside: "Lägg undan filerna och börja om",
  putAsideAsk: "Lägga undan filerna?",
  putAsideText:
    "Filerna flyttas till en egen mapp bredvid och kan läggas tillbaka av IT. Sedan skapar du en ny, tom krets.",
  putAsideYes: "Lägg undan",
  standard: "Använd den vanliga mappen",
};

export const shortcuts = {
  title: "Tangenter",
  rows: [
    ["Ctrl K", "Sök, varifrån som helst. Esc går tillbaka."],
    ["Pil upp och ned", "Gå mellan svaren i Sök"],
    ["Ctrl N", "Ny anteckning"],
    ["Ctrl Enter", "Spara det du skriver"],
    ["L", "Läsvy eller bocklista på ett kort"],
    ["F", "Följ en etikett eller fråga, eller sluta"],
    ["Ctrl Skift H", "Dölj allt, och visa igen"],
    ["?", "Den här listan"],
  ] as [string, string][],
  single: "Använd tangenterna L, F och ?",
};

export const hidden = {
  text: "Rådrum – dolt. Tryck Ctrl+Skift+H för att visa.",
};

export const leaving = {
  title: "Öppna webbsidan?",
  text: (host: string) => `Sidan ligger på ${host} och öppnas i din webbläsare.`,
  yes: "Öppna",
};
