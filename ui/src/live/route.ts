/** Pages by the first part of the hash. */
export const PAGES = [
  "sok",
  "kort",
  "fragor",
  "fraga",
  "svar",
  "personer",
  "person",
  "kontakt",
  "resurs",
  "vem",
  "radgrupp",
  "ansvar",
  "anteckning",
  "anteckningar",
  "etikett",
  "etiketter",
  "nytt",
  "att-veta",
  "faststalld",
  "kommun",
  "behover-dig",
  "introduktion",
  "krets",
  "baksidan",
  "forslag",
] as const;

export type PageName = (typeof PAGES)[number];

export interface Route {
  page: PageName;
  /** Name of an item, or empty. */
  name: string;
  /** `redigera`, `historik`, or empty. */
  sub: string;
  params: URLSearchParams;
}

export function parseRoute(hash: string): Route {
  const [path = "", search = ""] = hash.replace(/^#\/?/, "").split("?", 2);
  const [page, name = "", sub = ""] = path.split("/").map(decoded);
  const known = PAGES.find((known) => known === page);
  if (!known) return { page: "sok", name: "", sub: "", params: new URLSearchParams() };
  return { page: known, name, sub, params: new URLSearchParams(search) };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

export function kindOf(key: string): string {
  return key.slice(0, key.indexOf(":"));
}

export function nameOf(key: string): string {
  return key.slice(key.indexOf(":") + 1);
}

/** What is one per office or area has a key that says of which. */
const OF = "of/";

export function keyOfSingle(kind: "ask_order" | "advice_group", about: string): string {
  return `${kind}:${OF}${nameOf(about)}`;
}

/** The office or the area of such a key. */
export function aboutOf(kind: "office" | "area", single: string): string {
  return `${kind}:${nameOf(single).slice(OF.length)}`;
}

type Params = Record<string, string | null | undefined>;

export function link(page: PageName, name = "", sub = "", params: Params = {}): string {
  const path = [page, name, sub].filter(Boolean).map(encodeURIComponent).join("/");
  const given = Object.entries(params).filter((pair): pair is [string, string] => !!pair[1]);
  const search = new URLSearchParams(given).toString();
  return `#/${path}${search && `?${search}`}`;
}

/** A page as it is kept with what is written from it: `vem/of%2Fdorotea`. */
export function pathOf({ page, name }: Route): string {
  return link(page, name).slice("#/".length);
}

/** Where such a path leads. Others wrote it: only what is a page of ours is led to. */
export function linkToPath(path: string): string {
  const { page, name } = parseRoute(`#/${path}`);
  return link(page, name);
}

const PAGE_OF_KIND: Record<string, PageName> = {
  playbook: "kort",
  member: "person",
  external_contact: "kontakt",
  resource: "resurs",
  note: "anteckning",
  statutes: "krets",
  question: "fraga",
  answer: "svar",
  ask_order: "vem",
  advice_group: "radgrupp",
  label: "etikett",
  bulletin: "att-veta",
  ruling: "faststalld",
  introduction: "introduktion",
  suggestion: "forslag",
  welcome: "baksidan",
};

/** Where an item is read. `anchor` is an entry of a card. */
export function linkTo(key: string, anchor = ""): string {
  const page = PAGE_OF_KIND[kindOf(key)];
  if (page) return link(page, nameOf(key), "", { steg: anchor });
  switch (kindOf(key)) {
    case "responsibility":
      return link("ansvar", "", "", { ansvar: nameOf(key) });
    case "area":
      return link("ansvar", "", "", { omrade: nameOf(key) });
    case "office":
      return link("personer", "", "", { flik: "kontor" });
    default:
      return link("krets");
  }
}

/** Where a draft is taken up again. Forms for something new have keys that begin with `new:`; one
 *  of several forms of an item has the item's key and a word: `suggestion:a1#svara`. */
export function linkToDraft(draft: string): string {
  const [key = "", form] = draft.split("#");
  const [kind = "", ...rest] = key.split(":");
  if (form === "svara" || form === "fadder")
    return link(form === "svara" ? "forslag" : "person", nameOf(key), "", { [form]: "1" });
  if (form) return linkTo(key);
  if (kind !== "new") {
    const page = PAGE_OF_KIND[kind];
    if (page === "kort") return link("kort", nameOf(key), "redigera");
    // On the page of its question, where "redigera" opens the form of that one.
    if (page === "svar") return link("svar", nameOf(key), "", { andra: "1" });
    return page ? link(page, nameOf(key), "", { redigera: "1" }) : linkTo(key);
  }
  const [what = "", of = "", step = "", under = ""] = rest;
  if (what === "question") return link("fraga", "ny", "", { form: of });
  if (what === "answer") return link("fraga", of, "", { skriv: step, under });
  if (what === "statutes") return link("krets", "stadgar", "", { redigera: "1" });
  if (what === "welcome") return link("baksidan", "valkomsttext", "", { redigera: "1" });
  if (what === "ask_order" || what === "advice_group")
    return link(what === "ask_order" ? "vem" : "radgrupp", of, "", { redigera: "1" });
  if (what === "ruling") return link("kort", of, "", { faststall: "1" });
  if (what === "proposal") return link("person", of, "", { foresla: "1" });
  if (what === "note" && of)
    return link("anteckning", "ny", "", { om: `${of}:${step}`, efter: under && "1" });
  const page = PAGE_OF_KIND[what];
  if (page) return link(page, "ny");
  if (what === "variant") return link("kort", of, "", { skriv: "har", steg: step });
  if (what === "deviation") return link("kort", of, "", { skriv: "avsteg", steg: step });
  if (what === "responsibility") return link("ansvar", "", "", { ny: "1" });
  if (what === "hand_over") return link("ansvar", "", "", { ansvar: of });
  if (what === "office") return link("personer", "", "", { flik: "kontor" });
  return link("krets");
}
