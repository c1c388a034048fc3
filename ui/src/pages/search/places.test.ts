import { describe, expect, it } from "vitest";
import { PAGES } from "../../live/route";
import { PLACES } from "../../messages/sv";
import askPages from "../ask/AskPages.svelte?raw";
import backPages from "../back/BackPages.svelte?raw";
import kretsPages from "../krets/KretsPages.svelte?raw";
import { placesFor } from "./places";

/** Pages of one item: what is on them is found by itself. The start page is where one is. */
const OF_AN_ITEM = [
  "svar",
  "person",
  "kontakt",
  "resurs",
  "vem",
  "radgrupp",
  "etikett",
  "faststalld",
];

/** Steps that begin with a person or a letter. */
const OF_SOMEBODY = ["bekrafta", "representant", "lamna-over"];

/** Names that a frame of pages asks for, in its source. */
const asked = (source: string) =>
  [...source.matchAll(/name [!=]== "([a-z-]+)"/g)].map(([, name]) => name ?? "");

const titles = (typed: string) => placesFor(typed).map(({ title }) => title);

describe("The pages of Rådrum in the search", () => {
  it("are all there", () => {
    const pages = PAGES.filter((page) => page !== "sok" && !OF_AN_ITEM.includes(page));
    const listed = new Set(PLACES.map(({ at: [page] }) => page));
    expect(pages.filter((page) => !listed.has(page))).toEqual([]);
    const frames = [askPages, backPages, kretsPages].map(asked);
    expect(frames.every((names) => names.length > 1)).toBe(true);
    const names = new Set(PLACES.map(({ at: [, name] }) => name));
    const wanted = frames.flat().filter((name) => !OF_SOMEBODY.includes(name));
    expect(wanted.filter((name) => !names.has(name))).toEqual([]);
  });

  it.each([
    ["sekretess", "Vad får delas här?"],
    ["vad får delas", "Vad får delas här?"],
    ["säkerhetskopia", "Säkerhetskopia"],
    ["SÄKERH", "Säkerhetskopia"],
    ["sa\u0308kerh", "Säkerhetskopia"],
    ["ta bort", "Borttaget"],
    ["följ etikett", "Etiketter"],
    ["Baksidan", "Baksidan"],
    ["baks", "Baksidan"],
    ["introduktion", "Introduktion"],
    ["inställningar", "Krets"],
    ["lägg till dator", "Kollegor och datorer"],
    ["sedan sist", "Nytt för dig"],
  ])("%s leads to %s", (typed, title) => expect(titles(typed)).toContain(title));

  it("are not found by what is no word of theirs", () => {
    for (const typed of ["vem kan adoption", "lvm", "omhändertagande", "sakerhet", "", " ? "])
      expect(titles(typed), typed).toEqual([]);
  });

  it("are at most three, and those whose title says it stand first", () => {
    expect(titles("ny")).toHaveLength(3);
    expect(titles("fr")[0]).toBe("Frågor");
  });
});
