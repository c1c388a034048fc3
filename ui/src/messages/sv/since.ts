import type { Kind, SinceChange, SinceHow, SinceLine, SincePart } from "../../bindings";
import { capital, inSentence, listed } from "./common";

const COUNT = [
  "",
  "en",
  "två",
  "tre",
  "fyra",
  "fem",
  "sex",
  "sju",
  "åtta",
  "nio",
  "tio",
  "elva",
] as const;

/** Weeks that are told as weeks; beyond that they are months. */
const WEEKS_MAX = 8;
const WEEKS_OF_A_MONTH = 365.25 / 12 / 7;

/** "tre veckor", "två månader", "mer än ett år". */
export function absenceWords(weeks: number): string {
  if (weeks <= WEEKS_MAX) return weeks === 1 ? "en vecka" : `${COUNT[weeks] ?? weeks} veckor`;
  const months = Math.round(weeks / WEEKS_OF_A_MONTH);
  const count = COUNT[months];
  return count ? `${count} månader` : "ett år eller mer";
}

export const since = {
  title: (weeks: number) => `Sedan sist (${absenceWords(weeks)})`,
  read: "Jag har läst",
  more: "Och mer under Nytt för dig",
  others: "Annat är också nytt eller ändrat:",
};

/** Longest title inside a sentence. */
const TITLE_MAX = 80;

function quoted(title: string): string {
  if (title.length <= TITLE_MAX) return `»${title}«`;
  const cut = title.slice(0, TITLE_MAX);
  const whole = cut.slice(0, Math.max(cut.lastIndexOf(" "), TITLE_MAX / 2));
  return `»${whole.replace(/[\s,;:.]+$/u, "")} …«`;
}

/** The thing, and how it agrees with "ändrad". */
const THINGS: Partial<Record<Kind, [name: string, changed: string]>> = {
  playbook: ["kortet", "ändrat"],
  introduction: ["introduktionen", "ändrad"],
  responsibility: ["ansvaret", "ändrat"],
};

type Words = [one: string, several: string];

/** Each part as it is new, changed and taken away: one of it, or several. */
const PARTS: Record<Exclude<SincePart, "rest">, Record<SinceHow, Words>> = {
  steps: {
    added: ["ett nytt steg", "nya steg"],
    changed: ["ett steg är ändrat", "flera steg är ändrade"],
    removed: ["ett steg är borttaget", "flera steg är borttagna"],
  },
  deadlines: {
    added: ["en ny frist", "nya frister"],
    changed: ["en frist är ändrad", "flera frister är ändrade"],
    removed: ["en frist är borttagen", "flera frister är borttagna"],
  },
  statements: {
    added: ["en ny text", "nya texter"],
    changed: ["en text är ändrad", "flera texter är ändrade"],
    removed: ["en text är borttagen", "flera texter är borttagna"],
  },
  sources: {
    added: ["en ny källa", "nya källor"],
    changed: ["en källa är ändrad", "flera källor är ändrade"],
    removed: ["en källa är borttagen", "flera källor är borttagna"],
  },
  done: {
    added: ["en ny rad under Senast gjort", "nya rader under Senast gjort"],
    changed: ["en rad under Senast gjort är ändrad", "rader under Senast gjort är ändrade"],
    removed: ["en rad under Senast gjort är borttagen", "rader under Senast gjort är borttagna"],
  },
  variants: {
    added: ["ett nytt ”Så gör vi”", "nya ”Så gör vi”"],
    changed: ["ett ”Så gör vi” är ändrat", "flera ”Så gör vi” är ändrade"],
    removed: ["ett ”Så gör vi” är borttaget", "flera ”Så gör vi” är borttagna"],
  },
  deviations: {
    added: ["ett nytt avsteg", "nya avsteg"],
    changed: ["ett avsteg är ändrat", "flera avsteg är ändrade"],
    removed: ["ett avsteg är borttaget", "flera avsteg är borttagna"],
  },
};

function partWords({ part, how, several }: SinceChange): string {
  return part === "rest" ? "något mer är ändrat" : PARTS[part][how][several ? 1 : 0];
}

/** "Kortet »LVM« fick ett nytt steg; en frist är ändrad". */
function changedWords({ item, kind, what }: SinceLine & { line: "changed" }): string {
  const [name, changed] = THINGS[kind] ?? ["", "ändrat"];
  const subject = capital(`${name} ${quoted(item.title)}`.trim());
  const added = what.filter(({ part, how }) => how === "added" && part !== "rest").map(partWords);
  const others = what.filter(({ part, how }) => how !== "added" || part === "rest");
  if (added.length > 0) {
    const rest = others.length > 0 ? `; ${listed(others.map(partWords))}` : "";
    return `${subject} fick ${listed(added)}${rest}`;
  }
  const isSomehow = others.every(({ part }) => part === "rest");
  return isSomehow ? `${subject} är ${changed}` : `${subject}: ${listed(others.map(partWords))}`;
}

function answeredWords(line: SinceLine & { line: "answered" }): string {
  const nobody = line.municipalities.length === 0;
  const unnamed = line.nameless || nobody ? [line.nameless ? "någon utan namn" : "någon"] : [];
  const who = capital(listed([...line.municipalities, ...unnamed]));
  const did = line.further ? "skrev vidare under din fråga" : "svarade på din fråga";
  return `${who} ${did} ${quoted(line.question.title)}`;
}

/** One line of "Sedan sist" as a sentence. */
export function sinceWords(line: SinceLine): string {
  switch (line.line) {
    case "answered":
      return answeredWords(line);
    case "asked":
      return `${line.by?.title ?? "En kollega"} ber dig tänka med: ${quoted(line.question.title)}`;
    case "proposed":
      return `En rad om erfarenhet av ${inSentence(line.area.title)} är föreslagen på din sida`;
    case "given":
      return `Du svarar nu för ${THINGS[line.kind]?.[0] ?? ""} ${quoted(line.item.title)}`;
    case "changed":
      return changedWords(line);
    case "newcomer":
      return `${line.member.title} är ny i ${line.municipality ?? "kretsen"}`;
    case "left":
      return `${line.member.title} är inte längre kvar i ${line.municipality ?? "kretsen"}`;
    case "bulletin":
      return `Nytt att veta: ${quoted(line.bulletin.title)}`;
    case "new_card":
      return `Nytt handlingskort${line.municipality ? ` från ${line.municipality}` : ""}: ${quoted(line.card.title)}`;
    case "paused":
      return `${line.office.title} kan inte hjälpa just nu`;
  }
}

/** Lists in which the rest stands, by page. */
export const SINCE_LISTS = {
  fragor: "frågor och svar",
  kort: "handlingskort",
  anteckningar: "anteckningar",
  personer: "kontakter och resurser",
  "att-veta": "nytt att veta",
} as const;

const LIST_OF: Partial<Record<Kind, keyof typeof SINCE_LISTS>> = {
  question: "fragor",
  answer: "fragor",
  playbook: "kort",
  variant: "kort",
  deviation: "kort",
  note: "anteckningar",
  external_contact: "personer",
  resource: "personer",
  bulletin: "att-veta",
};

/** The lists that hold these kinds, each once. */
export function sinceLists(kinds: Kind[]): (keyof typeof SINCE_LISTS)[] {
  return [...new Set(kinds.flatMap((kind) => LIST_OF[kind] ?? []))];
}
