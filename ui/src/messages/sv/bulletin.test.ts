import { describe, expect, it } from "vitest";
import { bulletinLine, bulletinMeta, citedWords } from "./bulletin";

const row = {
  key: "bulletin:1",
  title: "Ny blankett",
  from: "2026-12-01" as string | null,
  statute: "SoL 11:1" as string | null,
};

describe("nytt att veta", () => {
  it("stands on a card with its title and its day", () => {
    expect(bulletinLine(row)).toBe("Nytt att veta: Ny blankett, från 1 december 2026");
    expect(bulletinLine({ ...row, from: null })).toBe("Nytt att veta: Ny blankett");
  });

  it("says in a list whether it has begun, and the rule in words", () => {
    expect(bulletinMeta(row, "2026-11-30")).toBe("kommer 1 december 2026 · 11 kap. 1 § SoL");
    expect(bulletinMeta(row, "2026-12-01")).toBe("gäller från 1 december 2026 · 11 kap. 1 § SoL");
    expect(bulletinMeta({ ...row, statute: null, from: null }, "2026-12-01")).toBe("");
  });

  it("says of a citation when it was checked, or that it was not", () => {
    const place = { line: "Steg 1: Ring", anchor: "a", statute: "LVU 13 §", checked: null };
    expect(citedWords(place)).toBe("13 § LVU · ej kontrollerat");
    expect(citedWords({ ...place, checked: "2026-04-30" })).toBe(
      "13 § LVU · kontrollerad 2026-04-30",
    );
  });
});
