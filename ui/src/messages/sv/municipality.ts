import type { LeavingRow, Need, OwnCard, ThinArea, UnheldArea } from "../../bindings";
import { inSentence, joined, listed } from "./common";
import { fullDay } from "./dates";
import { heldTitle } from "./hand_over";

/** The page of whoever represents a municipality. */
export const ownMunicipality = {
  heading: "Din kommun",
  link: "Kommunens sida",
  linkText: "Det som kommunrepresentanten och reserven håller vid liv",
  title: (municipality: string) => `Kommunens sida: ${municipality}`,
  lead: "Det som kommunrepresentanten och reserven håller vid liv. Alla får läsa, och alla får göra något åt det.",
  chief: "IFO-chefens sju rader",
  nobody: "Säg först vem du är, så visas din kommun.",
  choose: "Till sidan Krets",
  print: "Skriv ut",

  unowned: "Ägare saknas",
  unownedNone: "Allt har någon som svarar för det.",
  reviews: "Granskas snart",
  reviewsNone: "Inget kort behöver granskas den närmaste månaden.",
  newcomers: "Nya kollegor",
  newcomersLead: "Hälsa välkommen, och berätta vem man frågar.",
  newcomersNone: "Ingen ny kollega de senaste tre månaderna.",
  waiting: "Väntar på oss",
  waitingNone: "Ingen fråga väntar på ett svar från er.",
  waitingAll: "Alla frågor som väntar på oss",
  thin: "Få att fråga",
  thinLead:
    "Områden som en hos er har mött, eller ingen. Vet du en kollega som har mött något av det? Föreslå en rad på hennes eller hans sida.",
  one: "En person att fråga:",
  thinNone: "Hos er finns det flera att fråga om varje område.",
  colleagues: "Se kollegorna",
  startGuide: "Så kommer du igång",
  askKretsen: "Fråga kretsen",
};

/** The chief's one page. */
export const needs = {
  title: "Det här behöver dig",
  linkText: "IFO-chefens sida, högst sju rader",
  meta: (municipality: string, day: string) => `${municipality}, ${day}`,
  none: "Inget behöver dig just nu.",
  offline:
    "Sidan kommer ur det som redan finns på datorn. Inget på den kräver att du är uppkopplad.",
  more: "Resten står på kommunens sida",
};

/** What a line says: what is to be done, and why, if that is not the same. */
export interface Line {
  title: string;
  text: string;
}

/** Things that a line names before it says that there are others. */
const NAMED = 3;

export function leavingLine({ member, leaving, until, held }: LeavingRow): Line {
  const why =
    leaving === "archived"
      ? "är inte kvar"
      : leaving === "no_computer"
        ? "har ingen dator i kretsen längre"
        : `är här till och med ${fullDay(until ?? "")}`;
  const things = [...new Set(held.map(heldTitle))];
  const rest = things.length > NAMED ? ["mer"] : [];
  return {
    title: `Lämna över efter ${member.title}`,
    text: `${member.title} ${why} och svarar för ${listed([...things.slice(0, NAMED), ...rest])}.`,
  };
}

export const fewAdminsLine: Line = {
  title: "Se till att två får ta in och ut kollegor",
  text: "Färre än två hos er får det. Blir en dator stulen behövs någon som kan stänga den ute.",
};

export function unheldLine({ area, holding }: UnheldArea, municipality: string): Line {
  return holding
    ? {
        title: `${area.title}: säg vem man frågar`,
        text: `${municipality} har tagit på sig området, men ingen kollega står som kontakt.`,
      }
    : {
        title: `${area.title}: ingen har huvudansvar`,
        text: "Ingen kommun i kretsen har det. Ta det, eller ta upp det med de andra cheferna.",
      };
}

export function unownedLine({ card, owner_role: role }: OwnCard): Line {
  return {
    title: `${card.title}: kortet har ingen ägare`,
    text: role ? `${role} äger kortet, men den som hade rollen är inte kvar.` : "",
  };
}

export function reviewLine({ card, owner_role: role, review_on: day, overdue }: OwnCard): Line {
  const when = fullDay(day ?? "");
  return {
    title: overdue
      ? `${card.title}: skulle granskas ${when}`
      : `${card.title}: granskas senast ${when}`,
    text: role ? `Ägare: ${role}` : "Ingen ägare",
  };
}

export function nobodyLine({ area }: Need & { need: "nobody" }): Line {
  return {
    title: `${area.title}: ingen att fråga`,
    text: "Ingen i kretsen har skrivit att hon eller han mött det. Kanske en utbildning, eller ett stöd utifrån.",
  };
}

export const askedLine: Line = {
  title: "Kollegor väntar på ditt svar",
  text: "Det står under Väntar på dig på startsidan.",
};

export function needLine(need: Need, municipality: string): Line {
  switch (need.need) {
    case "leaving":
      return leavingLine(need);
    case "few_admins":
      return fewAdminsLine;
    case "unheld":
      return unheldLine(need, municipality);
    case "unowned":
      return unownedLine(need);
    case "overdue":
      return reviewLine(need);
    case "nobody":
      return nobodyLine(need);
    case "asked":
      return askedLine;
  }
}

/** What stands after the one at home, if there is one, and before whom to ask elsewhere. */
export function thinWords({ here, ask }: ThinArea): string {
  if (here) return ask ? "I kretsen även:" : "Den enda i kretsen.";
  return ask ? "Ingen hos er ännu. I kretsen:" : "Ingen ännu, inte i kretsen heller.";
}

/** "Karin Åberg, Lycksele". */
export function askedPerson({ ask }: ThinArea): string {
  return ask ? joined([ask.title, ask.municipality?.title], ", ") : "";
}

/** A question that begins with the area. */
export function thinQuestion({ area }: ThinArea): string {
  return `Vem har mött ${inSentence(area.title)}?`;
}
