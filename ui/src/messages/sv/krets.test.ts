import { describe, expect, it } from "vitest";
import { firstWords, receiptWords } from "./krets";
import { fetchedWords, roadTrouble } from "./road";

const nothing = { new: 0, known: 0, refused: 0, items: 0, waiting: 0, from: [] };

describe("The receipt of a stick", () => {
  it.each([
    [
      { new: 14, known: 3, waiting: 2 },
      "14 nya saker, 3 fanns redan. 2 väntar på annat som inte kommit än.",
    ],
    [{ new: 1 }, "1 ny sak."],
    [{ known: 17 }, "Allt på stickan fanns redan här."],
    [{}, "Allt på stickan fanns redan här."],
    [
      { known: 3, refused: 2 },
      "Inget nytt, 3 fanns redan. 2 kom inte från någon i kretsen och lades inte in. Säg det till kretsens representant.",
    ],
  ])("says what came: %j", (brought, words) =>
    expect(receiptWords({ ...nothing, ...brought })).toBe(words),
  );

  it("names the offices when they are known", () => {
    const from = [
      { municipality: "Sorsele", days: 3, items: 14 },
      { municipality: "Malå", days: 1, items: 1 },
      { municipality: "Åsele", days: 9, items: 0 },
    ];
    expect(receiptWords({ ...nothing, new: 15, known: 3, from })).toBe(
      "3 dagar från Sorsele, 14 nya saker, och 1 dag från Malå, 1 ny sak. 3 fanns redan.",
    );
    expect(receiptWords({ ...nothing, new: 14, from: from.slice(0, 1) })).toBe(
      "3 dagar från Sorsele, 14 nya saker.",
    );
  });
});

describe("The first fetch of a new computer", () => {
  const seen = { state: "reading", items: 1200, of: 9000, by: null, at: 0 } as const;

  it("says how far it is, and that nobody need wait", () => {
    const words = firstWords(seen, "2026-11-22");
    expect(words).toMatch(/^1.200 av 9.000 har kommit. Sök och läs det som finns.$/);
    expect(firstWords(null, "2026-11-22")).toBe("");
  });

  it("names the office whose computer told something else than its colleagues wrote", () => {
    const dropped = { ...seen, state: "dropped", by: "Malå" } as const;
    expect(firstWords(dropped, "2026-11-22")).toContain("en dator i Malå lämnade stämde inte");
    expect(firstWords({ ...dropped, by: null }, "2026-11-22")).not.toContain("dator");
  });
});

describe("The road", () => {
  it("was asked at an hour of today, or on a day before", () => {
    const at = Date.UTC(2026, 10, 22, 9, 2);
    expect(fetchedWords(at, "2026-11-22")).toBe("10:02");
    expect(fetchedWords(at, "2026-11-23")).toBe("i går 10:02");
    expect(fetchedWords(null, "2026-11-22")).toBe("inte än");
  });

  it("says what to do, also for a problem of a newer core", () => {
    for (const code of ["sync_no_network", "sync_quota", "from_tomorrow"]) {
      const { text, todo } = roadTrouble(code);
      expect([text.endsWith("."), todo.endsWith(".")]).toEqual([true, true]);
    }
  });
});
