import { describe, expect, it } from "vitest";
import type { Representative, StatutesPlace } from "../../bindings";
import { overWords, representativeWords } from "./statutes";

const anna = { key: "member:anna", title: "Anna Öberg" };
const of = (more: Partial<Representative>): Representative => ({
  member: anna,
  duty: "representative",
  until: null,
  over: false,
  ...more,
});

describe("A representative", () => {
  it.each([
    [{ until: "2027-12-31" }, "vald till och med 31 december 2027"],
    [{ until: "2026-01-31", over: true }, "tiden gick ut 31 januari 2026"],
    [{ duty: "deputy_representative" as const }, "reserv, inte skrivet till när"],
  ])("is told with her time: %j", (more, words) =>
    expect(representativeWords(of(more))).toBe(words),
  );

  it("is named when her time has passed, and only then", () => {
    const place = (title: string, ...representatives: Representative[]): StatutesPlace => ({
      municipality: { key: `municipality:${title}`, title },
      representatives,
    });
    const over = of({ until: "2026-01-31", over: true });
    expect(overWords({ places: [place("Malå", over), place("Åsele", of({}))] })).toContain(
      "gått ut för Anna Öberg (Malå).",
    );
    expect(overWords({ places: [place("Malå"), place("Åsele", of({}))] })).toBe("");
  });
});
