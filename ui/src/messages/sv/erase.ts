import type { EraseGround, ErasureOffice, ErasureRow, KindCount } from "../../bindings";
import { joined, kindWord, number } from "./common";
import { instant, instantDayWords } from "./dates";

export const erase = {
  verb: "Ta bort…",
  ask: (title: string) => `Ta bort ”${title}”?`,
  ground: "Varför?",
  grounds: {
    person: "Det handlar om en klient eller fel person",
    decision: "Gallring enligt beslut",
    other: "Något annat",
  } satisfies Record<EraseGround, string>,
  groundNeeded: "Välj varför.",
  decision: "Gallringsbeslut",
  decisionHelp: "Till exempel SN 2026/14. Står i listan Borttaget, som alla i kretsen ser.",
  decisionNeeded: "Skriv vilket beslut det gäller.",
  what: "Vad ska bort?",
  all: "Allt",
  keep: "Allt tidigare, men behåll texten som den står nu",
  answersStay:
    "Svaren på frågan står kvar, och det som har vuxit ur den. Den som skrev ett svar tar bort det själv.",
  keepHelp: "Rensa texten och spara först, om något i den också ska bort.",
  happens:
    "Text, historik, utkast och sökord försvinner härifrån nu, och från de andras datorer när de får besked. Det går inte att ångra. Det någon skriver där samtidigt försvinner också.",
  cannot:
    "En dator som aldrig hör av sig, papper och skärmbilder nås inte. En allmän handling får bara tas bort med stöd av ett gallringsbeslut. Exportera den först om den ska bevaras.",
  go: "Ta bort för alla",
  busy: "Tar bort…",
  mayNot: "Det här är någon annans, så du kan inte ta bort det. Du kan arkivera det.",
  who: "De här kan ta bort det:",
  nobody: "Ingen kan ta bort det här än. Det som följde med programmet arkiveras i stället.",
  byRoots: "Ta bort med två rotnycklar",
  byRootsText:
    "Två av kretsens rotnycklar tillsammans får ta bort vad som helst, också när den som borde göra det inte finns kvar.",
  byRootsHow:
    "Be dem som förvarar rotnycklarna. De gäller bara det här, och Rådrum sparar dem inte.",

  eraser: "får ta bort åt kommunen",
  letErase: "Ge rätt att ta bort",
  letTitle: (name: string) => `Ge ${name} rätt att ta bort?`,
  letText: (place: string) =>
    `Hen får då ta bort det som kollegorna i ${place} har skrivit, för alla i kretsen. Representanterna får det redan. Rätten går inte att ta tillbaka så länge hen är med i kretsen, och gäller de datorer hen har nu.`,
  letYes: "Ge rätten",
  letDone: (name: string) => `${name} får ta bort det som kollegorna i kommunen har skrivit.`,

  title: "Borttaget",
  lead: "Det som har tagits bort: när, av vem, varför, och hur många datorer som har bekräftat. Listan säger inte vad som stod där.",
  link: "Visa vad som är borttaget",
  none: "Inget är borttaget.",
  few: "Övriga kontor",
  fewHelp: "Kontor med färre än tre datorer räknas ihop.",
  export: "Spara listan som fil",
  exportName: (day: string) => `radrum borttaget ${day}.csv`,
  exported: "Listan är sparad.",
  unseen: (count: number) =>
    count === 1
      ? "En ändring som du gjorde samtidigt försvann också."
      : `${number(count)} ändringar som du gjorde samtidigt försvann också.`,
  nameless:
    "Du skrev det utan namn, och det tas bort utan namn: hos alla någon gång inom sex timmar, när datorn är i gång och har kontakt. Till dess kan du ångra dig.",
  asked: "Den som bad om det får inte ta bort det. Inget är borttaget.",
  standing: "Borta från alla sidor här. Filen städas när inget annat läser den.",
};

/** "Borttaget på 143 av 150 datorer". */
export function erasedWords({ erased, devices }: Pick<ErasureRow, "erased" | "devices">): string {
  if (devices === 1) return erased === 1 ? "Borttaget på den här datorn" : "Tas bort här";
  return `Borttaget på ${number(erased)} av ${number(devices)} datorer`;
}

/** One office: how many of its computers have confirmed. */
export function officeErased({ erased, devices }: ErasureOffice): string {
  if (erased === devices) return "alla har bekräftat";
  const missing = devices - erased;
  return `${number(erased)} av ${number(devices)}, ${number(missing)} ännu inte bekräftat`;
}

/** "2 anteckningar" is not said of what is gone: only how many of which kind. */
export function erasedKinds(kinds: KindCount[]): string {
  return kinds.map(({ kind, count }) => `${number(count)} ${kindWord(kind)}`).join(", ");
}

export function erasureMeta(row: ErasureRow, today: string): string {
  return joined([
    row.at === null ? "av den som skrev, utan namn" : instantDayWords(row.at, today),
    row.by?.title,
    erase.grounds[row.ground],
    row.decision,
    row.done_at !== null && row.done_at !== row.at && `klart här ${instant(row.done_at, today)}`,
  ]);
}
