import { describe, expect, it } from "vitest";
import { erasedWords, erasureMeta, officeErased } from "./erase";

describe("How far an erasure has come", () => {
  it.each([
    [143, 150, "Borttaget på 143 av 150 datorer"],
    [0, 2, "Borttaget på 0 av 2 datorer"],
    [1, 1, "Borttaget på den här datorn"],
    [0, 1, "Tas bort här"],
  ])("%i of %i", (erased, devices, words) => expect(erasedWords({ erased, devices })).toBe(words));

  it("says which computers have not confirmed, and calls none missing", () => {
    expect(officeErased({ title: "Åsele", devices: 4, erased: 3 })).toBe(
      "3 av 4, 1 ännu inte bekräftat",
    );
    expect(officeErased({ title: null, devices: 4, erased: 4 })).toBe("alla har bekräftat");
  });

  it("names who, why and the decision", () => {
    const row = {
      id: "1",
      at: Date.UTC(2026, 10, 20, 9),
      by: { key: "member:a", title: "Anna Öberg" },
      ground: "decision",
      decision: "SN 2026/14",
      kinds: [],
      step: "done",
      done_at: null,
      devices: 2,
      erased: 1,
      offices: [],
      unseen: 0,
    } as const;
    const words = erasureMeta({ ...row, kinds: [], offices: [] }, "2026-11-22");
    expect(words).toContain("Anna Öberg");
    expect(words).toContain("Gallring enligt beslut · SN 2026/14");
  });
});
