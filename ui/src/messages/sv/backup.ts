import type { BackupOutcome } from "../../bindings";
import { bytes, number } from "./common";
import { instantNear } from "./dates";

export const backup = {
  title: "Säkerhetskopia",
  lead: "En fil som du lägger på ett annat ställe än datorn, till exempel en sticka. Går datorn sönder öppnar du Rådrum på en ny och väljer filen.",
  holds:
    "I filen finns kort, anteckningar, kollegor och ansvar med all historik. Datorns och kretsens nycklar, utkast, dina bockar och det du följer finns inte i den.",
  link: "Gör en säkerhetskopia eller prova den senaste",
  latest: "Senast säkerhetskopierad",
  never: "aldrig",
  where: "Filen",
  size: "Innehåll",
  tried: "Provad",
  notTried: "inte än",
  tryNow: "Prova den nu",
  trying: "Provar …",
  tryText:
    "En gång i veckan öppnar Rådrum den senaste filen, gör en hel mapp av den vid sidan om, jämför och lägger undan den igen. Filen rörs aldrig.",
  make: "Ny säkerhetskopia",
  makeGo: "Välj plats och skriv filen",
  making: "Skriver …",
  made: "Klart. Filen är skriven och läst tillbaka.",
  content: (items: number, size: number) => `${number(items)} poster, ${bytes(size)}`,
  passphrase: "Lösenfras till filen",
  passphraseHelp:
    "Minst tolv tecken, gärna tre vanliga ord. Skriv upp den på papper och lägg den på ett säkert ställe: utan den öppnar ingen filen, inte vi heller. Den sparas inte på datorn.",
  name: (day: string) => `radrum-${day}.age`,
  rejoinTitle: "Gå med i kretsen igen",
  rejoin:
    "Den här datorn är återställd från en säkerhetskopia. Be en kollega bjuda in den som din nästa dator, så hämtas det som är nytt och det som bara fanns här lämnas över. Anmäl den gamla datorn som borttappad efter det, om det kan vänta: annars tas det som bara fanns på den inte emot. Till dess kan du läsa och skriva, men ingen ny säkerhetskopia göras.",
  rejoinGo: "Jag har en inbjudan",
  example: "Exempelkretsen är påhittad och säkerhetskopieras inte.",
};

export const restoring = {
  title: "Återställ från säkerhetskopia",
  text: "Välj filen, som slutar på .age, och skriv lösenfrasen som hör till den. Det som var borttaget när kopian gjordes kommer inte tillbaka. Hör du till en krets går du sedan med igen, med en inbjudan som till vilken ny dator som helst. Då försvinner också det som har tagits bort sedan dess.",
  open: "Återställ från säkerhetskopia",
  choose: "Välj fil",
  chosen: "En fil är vald.",
  chooseFirst: "Välj filen först.",
  passphrase: "Lösenfras till filen",
  newPassphrase: "Ny lösenfras för den här datorn",
  passphraseMissing: "Skriv lösenfrasen.",
  go: "Återställ",
  going: "Återställer …",
  back: "Jag har ingen säkerhetskopia",
};

const OUTCOMES: Record<BackupOutcome, string> = {
  sound: "Filen är hel och går att återställa.",
  missing:
    "Filen finns inte där den lades. Sätt i stickan och prova igen, eller gör en ny säkerhetskopia.",
  damaged:
    "Filen är skadad eller utbytt och går inte att lita på. Den ligger kvar. Gör en ny säkerhetskopia nu.",
  no_room: "Det fanns inte plats på datorn att prova filen. Frigör plats och prova igen.",
};

export function outcomeWords(outcome: BackupOutcome): string {
  return OUTCOMES[outcome];
}

/** "i går 16:30", and what came of it stands beside it. */
export function whenWords(at: number | null, today: string, never: string): string {
  return at === null ? never : instantNear(at, today);
}
