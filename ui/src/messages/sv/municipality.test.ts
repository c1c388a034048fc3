import { describe, expect, it } from "vitest";
import type { HeldThing, LeavingRow, MemberRow, Need, OwnCard, ThinArea } from "../../bindings";
import { needLine, reviewLine, thinWords, unownedLine } from "./municipality";

const named = (title: string) => ({ key: `area:${title}`, title });
const held = (title: string) => ({ title, duty: null }) as HeldThing;
const leaving = (more: Partial<LeavingRow>): Need => ({
  ...{ need: "leaving", member: named("Anna Öberg"), leaving: "archived", until: null, held: [] },
  ...more,
});
const card = (more: Partial<OwnCard> = {}): OwnCard => ({
  ...{ card: named("LVM"), owner_role: null, review_on: "2026-11-10", overdue: true },
  ...more,
});
const thin = (here: boolean, ask: boolean): ThinArea => ({
  area: named("Medling"),
  here: here ? named("Maja") : null,
  ask: ask ? ({ title: "Fredrik" } as MemberRow) : null,
});

describe("a colleague who leaves", () => {
  it.each([
    ["archived", null, "är inte kvar"],
    ["no_computer", null, "har ingen dator i kretsen längre"],
    ["guest", "2026-12-31", "är här till och med 31 december 2026"],
  ] as const)("is told with why: %s", (why, until, words) => {
    const line = needLine(leaving({ leaving: why, until, held: [held("LVM")] }), "Dorotea");
    expect(line).toEqual({
      title: "Lämna över efter Anna Öberg",
      text: `Anna Öberg ${words} och svarar för LVM.`,
    });
  });

  it("is told with three things and no number, each thing once", () => {
    const things = ["LVM", "LVM", "Adoption", "Dödsbo", "Jäv", "LVU"].map(held);
    const { text } = needLine(leaving({ held: things }), "Dorotea");
    expect(text).toBe("Anna Öberg är inte kvar och svarar för LVM, Adoption, Dödsbo och mer.");
  });
});

describe("what has no owner", () => {
  it("says whether a municipality has taken an area", () => {
    const area = named("Medling");
    const own = needLine({ need: "unheld", area, holding: "responsibility:a" }, "Dorotea");
    expect(own.title).toBe("Medling: säg vem man frågar");
    expect(own.text).toContain("Dorotea har tagit på sig området");
    const nobodys = needLine({ need: "unheld", area, holding: null }, "Dorotea");
    expect(nobodys.title).toBe("Medling: ingen har huvudansvar");
  });

  it("says of a card whether a role has it still", () => {
    expect(unownedLine(card())).toEqual({ title: "LVM: kortet har ingen ägare", text: "" });
    expect(unownedLine(card({ owner_role: "IFO-chef Malå" })).text).toContain("IFO-chef Malå äger");
  });
});

describe("a card to look through", () => {
  it("says its day, past or to come, and whose it is", () => {
    expect(reviewLine(card())).toEqual({
      title: "LVM: skulle granskas 10 november 2026",
      text: "Ingen ägare",
    });
    const soon = card({ overdue: false, owner_role: "IFO-chef Malå" });
    expect(reviewLine(soon)).toEqual({
      title: "LVM: granskas senast 10 november 2026",
      text: "Ägare: IFO-chef Malå",
    });
  });
});

describe("an area with few to ask", () => {
  it("says who there is at home and in the krets", () => {
    expect(thinWords(thin(true, true))).toBe("I kretsen även:");
    expect(thinWords(thin(true, false))).toBe("Den enda i kretsen.");
    expect(thinWords(thin(false, true))).toBe("Ingen hos er ännu. I kretsen:");
    expect(thinWords(thin(false, false))).toBe("Ingen ännu, inte i kretsen heller.");
  });
});
