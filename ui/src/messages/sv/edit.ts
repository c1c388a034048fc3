import { listed } from "./common";

export const edit = {
  title: (of: string) => `Redigera: ${of}`,
  newTitle: "Nytt handlingskort",
  newNote: "Ett kort kan vara några rader. Du och andra fyller på.",
  create: "Skapa kortet",
  from: "Börja från ett annat kort",
  fromNone: "inget",
  fromHelp:
    "Stegen och frågorna under Din bedömning följer med som utkast. Lagrum gör det inte, så inget följer med som måste.",
  takes: (steps: number, questions: number) => {
    const words = [
      steps > 0 && `${steps} steg`,
      questions > 0 && (questions === 1 ? "1 fråga" : `${questions} frågor`),
    ];
    const some = words.filter((word) => word !== false);
    return some.length > 0 ? `Tar med ${listed(some)}.` : "";
  },
  about: "Om kortet",
  law: "Lagen ändras",
  owner: "Ägare och granskning",
  reviewedToday: "Granskad av oss i dag",
  reviewedDone: "Granskad i dag. Sparas när du sparar kortet.",
  up: "Flytta upp",
  down: "Flytta ned",
  away: "Ta undan raden",
  back: "Lägg tillbaka",
  removed: "Borttagna rader",
  more: "Mer om raden",
  row: (label: string, number: number) => `${label} ${number}`,
  offer: (when: string) => `Du har ett utkast från ${when}.`,
  offerText: "Det är inte sparat i kretsen. Vill du fortsätta skriva på det?",
  resume: "Fortsätt",
  discard: "Kasta",
  discardDraft: "Kasta utkastet",
  elsewhere: (name: string) =>
    `${name ? `Ändrat av ${name}` : "Ändrat i ett annat fönster"} medan du skrev. Ditt sparas bredvid.`,
  cardElsewhere: (name: string) =>
    `Kortet har ändrats ${name ? `av ${name}` : "i ett annat fönster"}. Ditt sparas bredvid.`,
  length: "Hur lång tid",
  lengthCount: "Antal",
  lengths: {
    at_once: "genast",
    same_day: "samma dag",
    day_after: "senast dagen efter",
    days: "dagar",
    weeks: "veckor",
    months: "månader",
  },
  chooseNone: "Välj …",
  noneChosen: "inget valt",
  labelsNone: "Inga etiketter att välja.",
  fix: "Rätta det som är markerat och spara igen.",
  mergeHint: "Båda texterna står här. Skriv ihop dem till en, och spara.",
  jump: "Hoppa till",
  preview: "Förhandsvisa",
  write: "Skriv",
  archiveAsk: (title: string) => `Arkivera ${title}?`,
  archiveText:
    "Det syns inte längre i listor och sök. Allt finns kvar och kan återställas på sidan Krets.",
  full: (max: number) => `Det får plats ${max} rader här.`,
};

export const note = {
  listTitle: "Anteckningar",
  newTitle: "Ny anteckning",
  help: "Stjärnor gör fet stil: **så här**. Streck först på raden gör en lista.",
  noNotes: "Ingen anteckning finns här ännu.",
  about: (title: string) => `Om: ${title}`,
  reflectTitle: "Efter ett ärende",
  reflectBody:
    "**Vad gick bra?**\n\n\n\n**Vad var svårt, eller saknades?**\n\n\n\n**Vad ska stå i kortet nästa gång?**\n\n",
  empty: "Anteckningen är tom än så länge.",
  missing: "Anteckningen finns inte här.",
  write: "Skriv anteckning",
  wrote: (name: string, day: string) => `${name}, ${day}`,
  changed: (name: string, day: string) => `ändrad av ${name}, ${day}`,
  newest: "De två hundra nyaste visas.",
};
