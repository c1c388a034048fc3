import type {
  BundleRead,
  BundleWritten,
  KretsState,
  LetterOnItsWay,
  Parcel,
  SnapshotSeen,
} from "../../bindings";
import { bytes, joined, number } from "./common";
import { instant, instantDayWords } from "./dates";

/** The part of the page Krets that says whether this computer belongs. */
export const krets = {
  title: "Kretsen",
  back: "Till sidan Krets",
  example:
    "Exempelkretsen är påhittad. Den grundas inte, bjuder inte in och lämnar aldrig den här datorn. Gör det i ert eget Rådrum.",
  alone: "Den här datorn delar inte med någon än. Inget lämnar den.",
  shared:
    "Allt finns på den här datorn. Det som sparas delas med kretsen, låst så att bara kretsens datorer kan läsa det. Utkast och bockar stannar här.",
  found: "Grunda en krets",
  foundText: "När ni är först. Kretsen får ett namn, och sedan bjuder du in kollegorna.",
  join: "Gå med i en krets",
  joinText: "När en kollega har skickat dig en inbjudan, i ett brev eller på en sticka.",
  devices: "Datorer i kretsen",
  incoming: "På väg in",
  first: "Första hämtningen",
  mayInvite: "Bjuda in",
  mayInviteYes: "Det får du göra.",
  mayInviteNo: "Det gör kommunens representant.",
  invite: "Bjud in en kollega",
  already: (name: string) => `Den här datorn hör redan till ${name}.`,
  notAdmin:
    "Bara kommunens representant och hennes reserv bjuder in. Fråga den som står som representant.",
  notJoined: "Den här datorn hör inte till någon krets än. Grunda en, eller gå med i en.",
  rootsLeft:
    "Rotnycklarna är inte sparade än. De visas bara nu, och de går inte att visa igen när Rådrum har stängts.",
  rootsShow: "Visa rotnycklarna",
  ended:
    "Den här datorn är inte längre med i kretsen. Det som finns här ligger kvar och går att läsa, men inget nytt kommer och det du skriver visas inte för andra. Ska du vara med igen: be om en ny inbjudan.",
};

export function kretsWaits(count: number): string {
  return count === 0 ? "" : `${number(count)} väntar på annat som inte kommit än`;
}

/** How far a new computer is: what it shows before everything has been checked. */
export function firstWords(seen: SnapshotSeen | null, today: string): string {
  switch (seen?.state) {
    case "reading":
      return `${number(seen.items)} av ${number(seen.of)} har kommit. Sök och läs det som finns.`;
    case "checking":
      return "Allt går att söka och läsa. Nu hämtas det som behövs för att kontrollera och ändra det.";
    case "done":
      return `Allt är hämtat och kontrollerat, ${instant(seen.at, today)}.`;
    case "dropped":
      return seen.by
        ? `Det som en dator i ${seen.by} lämnade stämde inte med vad kollegorna har skrivit. Det är borttaget, och det som visas är kontrollerat. Säg det till kretsens representant.`
        : "En del gick inte att bekräfta och visas inte. Det som visas är kontrollerat.";
    default:
      return "";
  }
}

/** "3, du är ensam än så länge". */
export function devicesWords(state: KretsState): string {
  return state.devices === 1 ? "1, bara din än så länge" : number(state.devices);
}

export const letters = {
  title: "Brev på väg",
  go: "Fortsätt",
  showWelcome: "Visa",
  invited: (day: string) => `Inbjudan från dig, ${day}`,
  asked: (to: string) => `Din ansökan till ${to}`,
  welcome: (name: string) => `Välkomstbrev till ${name}, inte lämnat än`,
  copy: "Kopiera",
  copied: "Kopierat. Klistra in det i ett brev.",
  notCopied: "Texten är markerad. Tryck Ctrl C för att kopiera den.",
  save: "Spara som fil",
  code: "Visa som QR-kod",
  codeHelp:
    "För den som sitter bredvid: läs koden med en telefons kamera, och för över texten som den ger. Texten är densamma som ovan.",
  codeLabel: "QR-kod med texten ovan",
  saved: "Sparat.",
  text: "Brevets text",
  open: "Öppna en fil",
  empty: "Klistra in brevet först.",
};

export function letterWords(letter: LetterOnItsWay, today: string): string {
  return letter.inviting
    ? letters.invited(instantDayWords(letter.made_at, today))
    : letters.asked(letter.krets);
}

/** What stands above a letter in a mail. Nothing of it is read by the program. */
export const around = {
  invitation: (inviter: string, name: string) =>
    `Hej!\n\nDu är välkommen till kretsen ${name} i Rådrum. Öppna Rådrum, välj »Jag har en inbjudan« eller sidan Krets och »Gå med i en krets«, och klistra in hela det här brevet. Skicka sedan tillbaka ansökan som du får där. Därefter ringer vi varandra.\n\n${inviter}\n\n`,
  request: (name: string) =>
    `Hej!\n\nHär är min ansökan. Klistra in hela det här brevet i Rådrum, och ring mig sedan.\n\n${name}\n\n`,
  welcome: (inviter: string) =>
    `Hej!\n\nHär är ditt välkomstbrev. Klistra in hela brevet i Rådrum där din ansökan står, så är du med.\n\n${inviter}\n\n`,
  invitationFile: (day: string) => `radrum inbjudan ${day}.txt`,
  requestFile: (day: string) => `radrum ansökan ${day}.txt`,
  welcomeFile: (day: string) => `radrum välkommen ${day}.txt`,
};

export const digits = {
  again: "Skriv sex siffror.",
  spoken: (digits: string) => `Siffrorna ${digits.split("").join(" ")}`,
};

export const founding = {
  title: "Grunda en krets",
  lead: "Kretsen är kommunerna som delar. Det räcker att en dator grundar den; de andra går med.",
  name: "Kretsens namn",
  nameHelp: "Till exempel Inlandet. Alla i kretsen ser det.",
  required: "Skriv vad kretsen heter.",
  what: "Vad som händer",
  happens: [
    "Den här datorn blir den första, och du får bjuda in kollegor i din kommun.",
    "Du får tre rotnycklar att skriva ut. Tre organisationer förvarar var sin, till exempel två kommuner och FoU.",
    "Det du redan har sparat delas med dem som går med. Utkast och bockar stannar här.",
  ],
  go: "Grunda kretsen",
  going: "Grundar …",
  done: "Nu finns kretsen. Tre nycklar kvar att lägga undan",
  keys: (name: string) => `Rotnycklar till ${name}`,
  keysLead:
    "Tre organisationer förvarar var sin nyckel, på papper eller på en sticka som ligger inlåst. Två av dem tillsammans kan återställa kretsen, om alla representanter skulle vara borta. En ensam nyckel öppnar ingenting.",
  keysWhere:
    "Nycklarna ligger inte på den här datorn och visas bara nu. Skriv ut alla tre, eller kopiera dem till var sin sticka, innan du går vidare.",
  key: (at: number) => `Rotnyckel ${at} av 3`,
  sheet: (name: string, day: string) => `Kretsen ${name}, nyckel gjord ${day}`,
  sheetText:
    "Den här nyckeln hör till en krets i programmet Rådrum. Förvara papperet inlåst, som ett viktigt avtal. Två av de tre nycklarna behövs tillsammans för att återställa kretsen. Visa den inte för någon annan än dem som då ska göra det.",
  keptBy: "Förvaras hos",
  receivedBy: "Mottagen av",
  receivedOn: "Datum",
  printAll: "Skriv ut alla tre",
  print: "Skriv ut",
  copy: "Kopiera",
  copied: (at: number) => `Nyckel ${at} är kopierad. Kopiera något annat när du har sparat den.`,
  notCopied: (at: number) => `Nyckel ${at} är markerad. Tryck Ctrl C för att kopiera den.`,
  copyText: (name: string, day: string, at: number, key: string) =>
    `Rådrum: rotnyckel ${at} av 3\nKretsen ${name}, nyckel gjord ${day}\n\n${key}\n`,
  saved: "Jag har skrivit ut eller sparat alla tre",
  finish: "Klart",
  finishFirst: "Kryssa först i att alla tre är utskrivna eller sparade.",
};

export const inviting = {
  step: (at: number) => `Bjud in en kollega · steg ${at} av 4`,
  title: "Bjud in en kollega",
  letter: "Inbjudan",
  letterLead:
    "Skicka inbjudan med vanlig e-post, eller lämna den på en sticka. Den gäller en person och en dator. Det gör inget om någon annan läser den: ingen kommer in utan att ni två har talats vid.",
  municipality: "Kommun eller organisation",
  municipalityHelp:
    "Den som kollegan arbetar för. En som inte finns i kretsen än går bra att skriva.",
  what: "Vad är det för organisation?",
  forms: {
    municipality: "En kommun",
    fou: "FoU eller ett annat regionalt stöd, som inte har egna ärenden",
  },
  municipalityRequired: "Skriv vilken kommun kollegan arbetar för.",
  write: "Skriv en inbjudan",
  writing: "Skriver …",
  next: "Kollegan har svarat",
  nextHelp: "Du kan lämna sidan. Inbjudan ligger kvar under Brev på väg.",
  lost: "Inbjudans text visas bara när den är ny. Har kollegan inte fått den, skriv en ny.",
  request: "Ansökan från kollegan",
  requestLead: "Klistra in ansökan som du har fått tillbaka, eller öppna filen.",
  requestField: "Ansökan",
  openRequest: "Läs ansökan",
  check: "Läs upp siffrorna",
  checkLead: (name: string) =>
    `Ansökan säger att den kommer från ${name}. Ring ${name} och hör att det är rätt röst. Läs upp siffrorna. Du får sex siffror tillbaka.`,
  question: "Läs upp",
  answer: "Siffrorna som din kollega läser tillbaka",
  approve: "Ta in i kretsen",
  approving: "Prövar …",
  wrong: (left: number) =>
    left === 1
      ? "Siffrorna stämde inte. Här är nya att läsa upp. Stämmer inte heller de är inbjudan förbrukad."
      : "Siffrorna stämde inte. Läs upp de nya siffrorna och låt kollegan svara på dem.",
  wrongWhy:
    "Oftast har någon hört fel. Stämmer det ändå inte har någon annan kommit emellan: lägg på, och bjud in på nytt på ett annat sätt.",
  usedUp:
    "Siffrorna stämde inte tre gånger, så inbjudan är förbrukad och ingen har släppts in. Hör efter att det var rätt kollega, och skriv en ny inbjudan.",
  again: "Skriv en ny inbjudan",
  welcome: "Välkomstbrev",
  welcomeLead: (name: string) =>
    `Siffrorna stämde, och ${name} är med i kretsen. Säg det i telefonen. Skicka sedan välkomstbrevet, så öppnas kretsen på kollegans dator.`,
  welcomeHelp: "Brevet finns kvar här tills Rådrum stängs, så skicka det nu.",
  finish: "Brevet är lämnat",
};

export const joining = {
  step: (at: number) => `Gå med i en krets · steg ${at} av 4`,
  title: "Gå med i en krets",
  invitation: "Inbjudan",
  invitationLead:
    "Klistra in inbjudan som du har fått, eller öppna filen. Det du redan har sparat här delas med kretsen när du är med. Utkast och bockar stannar här.",
  invitationField: "Inbjudan",
  name: "Ditt namn",
  nameHelp: "Så som din kollega känner dig.",
  nameRequired: "Skriv vad du heter.",
  go: "Skriv ansökan",
  request: "Din ansökan",
  requestLead: (inviter: string) =>
    `Skicka ansökan till ${inviter || "den som bjöd in dig"}, i ett brev eller på en sticka. Därefter ringer ni varandra.`,
  next: "Nu talas vi vid",
  nextHelp: "Du kan lämna sidan. Ansökan ligger kvar på sidan Krets under Brev på väg.",
  check: "Jämför siffrorna",
  checkLead: (inviter: string) =>
    `${inviter || "Din kollega"} läser upp sex siffror i telefonen. Hör att det är rätt röst, och skriv dem här.`,
  question: "Siffrorna du hör",
  answer: "Visa mina siffror",
  readBack: "Läs tillbaka",
  right: "Sa hen att koden stämde?",
  yes: "Ja, den stämde",
  no: "Nej",
  noText:
    "Be om nya siffror, och skriv dem här. Stämmer det ändå inte: lägg på, och be om en ny inbjudan på ett annat sätt.",
  welcome: "Välkomstbrev",
  welcomeLead: "Klistra in välkomstbrevet som du får, eller öppna filen.",
  welcomeField: "Välkomstbrev",
  enter: "Gå in i kretsen",
  entering: "Öppnar kretsen …",
  backToCheck: "Siffrorna en gång till",
  joined: (name: string) =>
    `Du är med i ${name}. Det andra har skrivit kommer på vägen eller med en sticka.`,
};

export const stick = {
  title: "Sticka",
  lead: "När nätet inte räcker: lägg allt på en sticka och läs in den på en annan dator i kretsen. Filen är låst för alla andra.",
  tooLarge:
    "Filen är större än någon sticka från Rådrum. Inget har ändrats här. Välj filen som slutar på .knyte.",
  write: "Lägg på sticka",
  read: "Läs in från sticka",
  file: (name: string, day: string) => `radrum ${name} ${day}.knyte`,
};

export function writtenWords({ entries, bytes: size, more }: BundleWritten): string {
  const done = `Klart. ${number(entries)} saker ligger i filen, ${bytes(size)}.`;
  return more ? `${done} Allt fick inte plats: läs in den först, och lägg sedan på en till.` : done;
}

const days = (count: number) => (count === 1 ? "1 dag" : `${number(count)} dagar`);
function newThings(count: number): string {
  if (count === 0) return "Inget nytt";
  return count === 1 ? "1 ny sak" : `${number(count)} nya saker`;
}

/** "3 dagar från Sorsele, 14 nya saker" for each that had something new. */
function fromWords(from: Parcel[]): string {
  return from
    .filter((of) => of.items > 0 && of.municipality)
    .map((of) => `${days(of.days)} från ${of.municipality}, ${newThings(of.items)}`)
    .join(", och ");
}

/** What a stick brought, in words. */
export function receiptWords(read: BundleRead): string {
  const { known, refused, waiting } = read;
  const offices = fromWords(read.from);
  const old = known > 0 && `${number(known)} fanns redan`;
  const came = offices ? joined([offices, old], ". ") : joined([newThings(read.new), old], ", ");
  const sentences = [
    read.new === 0 && refused === 0 ? "Allt på stickan fanns redan här" : came,
    waiting > 0 && `${number(waiting)} väntar på annat som inte kommit än`,
    refused > 0 &&
      `${number(refused)} kom inte från någon i kretsen och lades inte in. Säg det till kretsens representant`,
  ];
  return `${joined(sentences, ". ")}.`;
}
