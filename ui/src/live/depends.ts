import type { CommandName } from "../backend";
import type { Kind } from "../bindings";
import { kindOf } from "./route";

const PEOPLE: Kind[] = ["member", "office", "municipality", "area"];

/** Kinds whose items a command's result shows. Commands that are not listed are never kept. */
const SHOWS: Partial<Record<CommandName, Kind[] | "all">> = {
  start_page: "all",
  playbooks: ["playbook", "variant", "area", "label", "municipality"],
  playbook: "all",
  members: PEOPLE,
  member: [...PEOPLE, "responsibility", "proposal"],
  introductions: [...PEOPLE, "introduction"],
  introduction: [...PEOPLE, "introduction", "playbook"],
  area_people: [...PEOPLE, "responsibility", "advice_group"],
  ask_order: [...PEOPLE, "ask_order"],
  advice_group: [...PEOPLE, "advice_group"],
  offices: ["office", "municipality", "area"],
  contacts: ["external_contact", "area", "label"],
  contact: ["external_contact", "area", "label"],
  resources: ["resource", "office", "area", "label", "member"],
  resource: ["resource", "office", "area", "label", "member"],
  rulings: "all",
  ruling: "all",
  changed_since: "all",
  notes: ["note", "area", "label", "member"],
  note: "all",
  bulletins: ["bulletin"],
  bulletin: "all",
  questions: ["question", "answer", "area", "label", "member", "municipality"],
  question: "all",
  labels: "all",
  label: "all",
  follows: "all",
  news: "all",
  since: "all",
  anonymous: "all",
  handing_over: "all",
  statutes: ["statutes", "member", "municipality"],
  matrix: [...PEOPLE, "responsibility"],
  region: "all",
  own_municipality: "all",
  needs_you: "all",
  history: "all",
  choices: "all",
  krets: "all",
  krets_people: ["member", "municipality"],
  late_items: "all",
  road: "all",
  delivery: "all",
  erasures: "all",
  backup_state: [],
  notices: [],
  tour: [],
  letter_code: [],
  mail: "all",
  records: "all",
  suggestions: ["suggestion", "member"],
  suggestion: ["suggestion", "member"],
  welcome: ["welcome", "member"],
  alike: "all",
  merged: ["question", "playbook", "external_contact", "resource"],
};

/** Whether items with these keys stand in what a command gave; no keys means too many to name. */
export function showsAny(command: CommandName, keys: string[]): boolean {
  const kinds = SHOWS[command];
  if (kinds === undefined) return false;
  if (kinds === "all" || keys.length === 0) return true;
  return keys.some((key) => kinds.some((kind) => kind === kindOf(key)));
}
