import type {
  Cell,
  ContactKind,
  Duty,
  ExperienceLevel,
  ExperienceRow,
  Member,
  MemberRow,
  Pause,
  ResponsibilityKind,
} from "../../bindings";
import { inSentence, joined } from "./common";
import { fullDay, shortDay, span } from "./dates";

export const LEVELS: Record<ExperienceLevel, string> = {
  met: "har mött",
  trained: "har gått utbildning",
  willing_to_consult: "kan bolla",
  interested: "intresserad av",
  unknown: "",
};

export const DUTIES: Record<Duty, string> = {
  representative: "kommunrepresentant",
  deputy_representative: "reserv för kommunrepresentanten",
  editor: "redaktör",
  unknown: "",
};

/** "kommunrepresentant, vald till och med 31 december 2027". */
export function dutyWords({
  duty,
  duty_until: until,
}: Pick<Member, "duty" | "duty_until">): string {
  return joined([DUTIES[duty], until && `vald till och med ${fullDay(until)}`], ", ");
}

export const CONTACT_KINDS: Record<ContactKind, string> = {
  authority: "Myndighet",
  court: "Domstol",
  knowledge: "Kunskap och vägledning",
  helpline: "Stödlinje",
  health: "Vård",
  legal: "Juridik",
  municipality: "Inom kommunen",
  other: "Annat",
  unknown: "Annat",
};

export function holdingWord(kind: ResponsibilityKind): string {
  return kind === "lead" ? "huvudansvar" : kind === "support" ? "stöd" : "";
}

function line({ level, year, note }: ExperienceRow, area: string): string {
  const when = joined([year?.toString(), note && `(${note})`], " ");
  switch (level) {
    case "met":
      return joined(["har mött", area, when], " ");
    case "trained":
      return joined(["har gått utbildning", area && `i ${area}`, when], " ");
    case "willing_to_consult":
      return joined([area ? `kan bolla ${area}` : "kan bolla", when], " ");
    case "interested":
      return joined(["intresserad", area && `av ${area}`, when], " ");
    default:
      return "";
  }
}

/** "har mött adoption 2023 · kan bolla": the area is named once for the lines about it. */
export function experienceWords(rows: ExperienceRow[]): string {
  let last = "";
  const words = rows.map((row) => {
    const area = row.area.key === last ? "" : inSentence(row.area.title);
    last = row.area.key;
    return line(row, area);
  });
  return joined(words);
}

/** The same by area, for a page about one colleague. */
export function experienceOf(row: ExperienceRow): string {
  return line(row, inSentence(row.area.title));
}

export function roleWords(row: MemberRow): string {
  return joined([row.role, row.municipality?.title], ", ");
}

export function awayWords(row: MemberRow): string {
  if (!row.away) return "";
  const [from, to] = row.away;
  const when =
    row.away_today && from !== to ? `borta till ${shortDay(to)}` : `borta ${span(from, to)}`;
  return row.deputy ? `${when}, ersätts av ${row.deputy.title}` : when;
}

export function callWords(row: MemberRow): string {
  const ring = row.call_me ? "ring gärna" : "";
  return joined([ring, row.consult_when], ", ");
}

/** "kontoret kan inte hjälpa just nu, till 4 dec. Två tjänster är obesatta." */
export function pauseWords(pause: Pause): string {
  const until = pause.to ? `, till ${shortDay(pause.to)}` : "";
  return joined([`kontoret kan inte hjälpa just nu${until}`, pause.note], ". ");
}

/** Why she can be asked, in one line. */
export function askWords(row: MemberRow): string {
  return joined([
    experienceWords(row.experience),
    row.paused && pauseWords(row.paused),
    callWords(row),
    awayWords(row),
  ]);
}

export function holderTitle(cell: Cell): string {
  const verb = cell.responsibility === "lead" ? "har huvudansvar" : "har stöd";
  return `${cell.municipality.title} ${verb}`;
}

export function travelWords(km: number | null, minutes: number | null): string {
  const time = minutes === null ? null : hours(minutes);
  return joined([km === null ? null : `${km} km`, time], ", ");
}

function hours(minutes: number): string {
  if (minutes < 60) return `${minutes} min`;
  const rest = minutes % 60;
  return rest === 0
    ? `${Math.floor(minutes / 60)} tim`
    : `${Math.floor(minutes / 60)} tim ${rest} min`;
}

export const people = {
  title: "Personer",
  filter: "Filtrera på namn, roll eller område",
  everywhere: "Hela kretsen",
  municipality: "Kommun",
  tabs: {
    kollegor: "Kollegor",
    kontor: "Kontor",
    externa: "Externa kontakter",
    resurser: "Resurser",
  },
  sections: "Delar av Personer",
  newMember: "Ny kollega",
  newContact: "Ny kontakt",
  newResource: "Ny resurs",
  newOffice: "Nytt kontor",
  officePaused: "Kan inte hjälpa just nu",
  pause: "Pausa",
  unpause: "Vi kan hjälpa igen",
  pauseTitle: (office: string) => `Pausa ${office}`,
  hours: "Svarar",
  reserves: "Reserver",
  reserve: (area: string, office: string) => `${area}: ${office}`,
  serves: (names: string) => `Tar emot från ${names}`,
  noMembers: "Ingen kollega finns här ännu.",
  noOffices: "Inget kontor finns här ännu.",
  noContacts: "Ingen kontakt finns här ännu.",
  noResources: "Ingen resurs finns här ännu.",
  nobodyHere: "Ingen stämmer med filtret.",
  verified: (day: string) => `Uppgifterna kontrollerade ${day}`,
  neverVerified: "Uppgifterna är inte kontrollerade",
  verifyToday: "Kontrollerat i dag",
  web: "Öppna webbsidan",
  mail: "Skriv e-post",
  cost: "Vad det kostar",
  fromOwn: (words: string) => `${words} från ditt kontor`,
  otherOffices: "Från andra kontor",
  place: "Plats",
  referral: "Så kommer ett ärende dit",
  alternative: "Om det är fullt eller för långt",
  phone: "Telefon",
  email: "E-post",
  sdk: "SDK-adress",
  note: "Anteckning",
  areas: "Områden",
  labels: "Etiketter",
  meNow: "Det är du som använder den här datorn.",
  isMe: "Det här är jag",
  experience: "Erfarenhet",
  noExperience: (name: string) => `${name} har inte skrivit något än.`,
  herOwn: (name: string) =>
    `${name} skriver själv sina rader om erfarenhet. Du kan föreslå en rad på sidan.`,
  ownNoExperience: "Skriv vad du har mött eller vill bolla. Det är så andra hittar dig.",
  away: "Borta",
  deputy: "Ersätts av",
  duty: "Uppdrag i kretsen",
  reach: "Så når du",
  holdings: "Frågas om",
  also: "Arbetar även i",
};

/** A picture of oneself. */
export const photo = {
  of: (name: string) => `Bild på ${name}`,
  add: "Lägg in en bild",
  change: "Byt bild",
  remove: "Ta undan bilden",
  title: "Din bild",
  lead: "Helt frivilligt. Alla i kretsen ser bilden på din sida, och bara där: inte i listor, i sökningen eller på papper. Bara du kan lägga in den, och du kan ta undan den när du vill.",
  made: "Den görs liten och fyrkantig. Var och när den togs följer inte med. En bild som du tar undan syns inte mer, men den ligger kvar bland ändringarna tills hela sidan tas bort.",
  choose: "Välj fil",
  chosen: "Bilden som du har valt",
  unread: "Filen gick inte att läsa som en bild. Välj en annan.",
  save: "Spara",
};
