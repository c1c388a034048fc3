import type { HistoryEntry, HistoryLine, Part } from "../../bindings";
import { ANSWER_FORMS, PARKED, QUESTION_FORMS, QUESTION_STATES } from "./ask";
import { SUGGESTION_FORMS, SUGGESTION_STATES } from "./back";
import { FORCES, PARTS, SOURCES } from "./card";
import { joined } from "./common";
import { instant } from "./dates";
import { STEP_PAGES, WHEN } from "./introduction";
import { CONTACT_KINDS, DUTIES, LEVELS } from "./people";
import { nameless } from "./nameless";

/** Fields as they are named in a sentence. */
const FIELDS: Record<string, string> = {
  title: "rubriken",
  playbook: "slaget",
  area: "området",
  also_called: "vad kortet kallas även",
  notice: "texten om att lagen ändras",
  notice_law: "propositionen",
  notice_from: "dagen då det brådskar",
  owner_role: "ägaren",
  deputy_role: "reserven",
  owner_member: "vem som har ägarens roll",
  deputy_member: "vem som har reservens roll",
  review_on: "nästa granskning",
  reviewed_on: "granskningsdagen",
  draft: "om det är ett utkast",
  pack: "startkortets version",
  owner: "vilken kommun det hör till",
  text: "texten",
  force: "hur bindande det är",
  when: "när det görs",
  page: "sidan",
  card: "kortet",
  first_day: "om det hör till första dygnet",
  source: "vem som säger det",
  statute: "lagrummet",
  checked: "kontrolldagen",
  valid_from: "från när det gäller",
  valid_to: "till när det gäller",
  unverified: "om det är kontrollerat",
  if_missing: "vad man gör om resursen saknas",
  part: "delen",
  word: "ordet",
  contact: "kontakten",
  name: "namnet",
  start: "vad fristen räknas från",
  length: "tiden",
  missed: "vad som händer om den missas",
  why: "varför man läser den",
  web: "webbadressen",
  municipality: "kommunen",
  year: "året",
  role: "rollen",
  office: "kontoret",
  phone: "telefonnumret",
  email: "e-postadressen",
  call_me: "ring gärna",
  consult_when: "när det passar",
  deputy: "ersättaren",
  fadder: "faddern",
  duty: "uppdraget",
  duty_until: "till när uppdraget gäller",
  purpose: "syftet",
  membership: "vilka som får vara med",
  election: "hur representanterna väljs",
  time: "den avsatta tiden",
  agreed_on: "när ni kom överens",
  present: "vilka som var med",
  root_1: "vem som förvarar rotnyckel 1",
  root_2: "vem som förvarar rotnyckel 2",
  root_3: "vem som förvarar rotnyckel 3",
  adopted_on: "när stadgarna antogs",
  taken_up: "det som stod vid sidan om",
  about: "beskrivningen",
  photo: "bilden",
  body: "texten",
  reason: "skälet",
  level: "hur väl",
  note: "anteckningen",
  from: "första dagen",
  to: "sista dagen",
  hours: "tiderna",
  paused: "pausen",
  paused_from: "pausens första dag",
  paused_to: "pausens sista dag",
  paused_note: "texten om pausen",
  decides: "vad som får beslutas",
  training: "utbildningen",
  reach: "hur man når gruppen",
  responsibility: "ansvaret",
  decision: "beslutet",
  member: "vem man frågar efter",
  more: "bakgrunden",
  form: "slaget",
  state: "läget",
  parked: "mötet som frågan väntar på",
  contact_road: "hur man når den som frågar",
  wished_time: "när det passar",
  asker: "vem frågan hör till",
  asked: "vem som är tillfrågad",
  question: "frågan",
  under: "svaret det står under",
  answer: "svaret",
  our_way: "om det är så kommunen gör",
  proof: "beviset på vem som skrev",
  origin: "frågan som det kommer ur",
  merged_into: "vilken som gäller i stället",
  retired: "om etiketten har slutat erbjudas",
  on: "dagen för beslutet",
  number: "beslutets nummer",
  until: "från när beslutet inte gäller",
  version: "kortets version",
};

/** One row of a list, as it is named in a sentence when its number is not known. */
const ROWS: Record<string, string> = {
  statements: "en text",
  steps: "ett steg",
  deadlines: "en frist",
  sources: "en källa",
  done: "en rad under Senast gjort",
  experience: "en rad om erfarenhet",
  away: "dagar borta",
  reserves: "en reserv",
  people: "en rad i ordningen",
  members: "en kollega i gruppen",
  travel: "en väg från ett kontor",
};

const SETS: Record<string, string> = {
  labels: "etiketten",
  areas: "området",
  municipalities: "kommunen",
  playbooks: "kortet",
};

/** Fields that are the row itself. */
const MAIN = new Set(["text", "name", "title", "area", "municipality", "office", "from"]);

const WORDS: Record<string, Record<string, string>> = {
  force: FORCES,
  source: SOURCES,
  part: PARTS,
  level: LEVELS,
  duty: DUTIES,
  contact: CONTACT_KINDS,
  form: { ...QUESTION_FORMS, ...ANSWER_FORMS, ...SUGGESTION_FORMS },
  state: { ...QUESTION_STATES, ...SUGGESTION_STATES },
  parked: PARKED,
  when: WHEN,
  page: STEP_PAGES,
};

/** What a page knows of the item as it reads now. */
export interface Named {
  /** "steg 3", by entry. */
  rows: Map<string, string>;
  /** Titles of items by key. */
  titles: Record<string, string>;
}

type Said = string | number | boolean | null;

/** A stored word of a field in Swedish, if the field holds such words. */
export function choiceWord(field: string, value: string): string | undefined {
  return WORDS[field]?.[value];
}

function quoted(value: Said, field: string, named: Named): string {
  if (typeof value === "boolean") return value ? "ja" : "nej";
  if (value === null) return "inget";
  const text = String(value);
  return `»${choiceWord(field, text) ?? named.titles[text] ?? text}«`;
}

/** "steg 3", "lagrummet i steg 3", "rubriken". */
export function placeWords(
  list: string | null,
  entry: string | null,
  field: string,
  named: Named,
): string {
  if (!list) return FIELDS[field] ?? "ett fält";
  const row = (entry && named.rows.get(entry)) || (ROWS[list] ?? "en rad");
  return field === "" || MAIN.has(field) ? row : `${FIELDS[field] ?? "ett fält"} i ${row}`;
}

/** What it shows is no words. */
function pictured(line: HistoryLine): string {
  if (line.new === null) return "tog undan bilden";
  return line.old === null ? "lade in en bild" : "bytte bilden";
}

function wrote(line: HistoryLine, place: string, named: Named): string {
  const { field } = line;
  if (field === "draft")
    return line.new === false ? "granskade kortet" : "märkte kortet som utkast";
  if (field === "photo") return pictured(line);
  if (field === "version") return "valde kortets version";
  if (line.old === null) return `skrev ${place}: ${quoted(line.new, field, named)}`;
  if (line.new === null) return `tömde ${place}: ${quoted(line.old, field, named)}`;
  return `ändrade ${place}: ${quoted(line.old, field, named)} → ${quoted(line.new, field, named)}`;
}

function revised(line: HistoryLine): string {
  const written =
    typeof line.new === "string" && line.new.trim() ? `skrev »${line.new.trim()}«` : "";
  const gone = typeof line.old === "number" && line.old > 0 ? `tog undan ${line.old} tecken` : "";
  return `ändrade texten: ${joined([written, gone], " och ") || "bara radbrytningar"}`;
}

/** What one line of the history says, without who and when. */
export function lineWords(
  line: HistoryLine,
  entry: Pick<HistoryEntry, "entries">,
  named: Named,
): string {
  const place = placeWords(line.list, line.entry, line.field, named);
  const row = placeWords(line.list, line.entry, "", named);
  const text = line.entry ? entry.entries[line.entry] : undefined;
  const told = text === undefined ? row : `${row}: »${named.titles[text] ?? text}«`;
  const title = line.entry ? (named.titles[line.entry] ?? "") : "";
  switch (line.action) {
    case "wrote":
      return wrote(line, place, named);
    case "chose":
      if (line.field === "photo") return "valde en av bilderna";
      return `lät ${quoted(line.new, line.field, named)} gälla för ${place}`;
    case "added":
      return `lade till ${told}`;
    case "archived":
      return line.list ? `tog undan ${told}` : "arkiverade";
    case "restored":
      return line.list ? `lade tillbaka ${told}` : "återställde";
    case "moved":
      return `flyttade ${told}`;
    case "put_in":
      return `lade till ${SETS[line.list ?? ""] ?? "en rad"} »${title}«`;
    case "took_out":
      return `tog undan ${SETS[line.list ?? ""] ?? "en rad"} »${title}«`;
    case "took_up":
      return "tog med det som stod vid sidan om";
    case "revised":
      return revised(line);
  }
}

/** "Karin Åberg · Lycksele · 22 nov 10:02". */
export function whoWords(entry: HistoryEntry, today: string): string {
  if (!entry.author && entry.written_at === 0) return nameless.writer;
  const who = entry.author?.title ?? history.program;
  return joined([who, entry.municipality, instant(entry.written_at, today)]);
}

/** A field of an earlier text that can be written back. */
export function canRestore(line: HistoryLine): boolean {
  const changed = line.action === "wrote" || line.action === "chose";
  const isText = typeof line.old === "string" || typeof line.old === "number";
  return changed && isText && !["", "pack", "version"].includes(line.field);
}

export function partRow(part: Part, number: number): string {
  return `text ${number} under ${PARTS[part]}`;
}

export const history = {
  title: (of: string) => `Historik: ${of}`,
  restore: "Återställ denna lydelse",
  restored: "Återställd",
  program: "Startkortet",
  began: "Kom med startkortet",
  lines: "Visa allt som kom med",
  many: "Visa alla ändringar",
  none: "Inget är ändrat ännu.",
  merges: "När två skrev samtidigt",
  step: (number: number) => `steg ${number}`,
  deadline: (name: string) => `fristen »${name}«`,
  source: (title: string) => `källan »${title}«`,
  done: (place: string, year: number | null) =>
    joined([place, year?.toString(), "under Senast gjort"], " "),
};
