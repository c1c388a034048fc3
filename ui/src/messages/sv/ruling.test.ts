import { describe, expect, it } from "vitest";
import type { RulingRow } from "../../bindings";
import { rulingAsk, rulingState, rulingVersion, rulingWords } from "./ruling";

const row: RulingRow = {
  key: "ruling:1",
  card: { key: "playbook:lvm", title: "LVM" },
  municipality: { key: "municipality:mala", title: "Malå" },
  own: false,
  role: "IFO-chef",
  on: "2026-03-02",
  number: "2026/14",
  until: null,
  standing: "in_force",
  version: "same",
  changed_outside: false,
  voices: false,
  by: null,
};

describe("fastställd", () => {
  it("says where, when, by whom and under which number", () => {
    expect(rulingWords(row)).toBe("Fastställd i Malå 2 mars 2026 av IFO-chef, nr 2026/14");
    expect(rulingWords({ ...row, number: null })).toBe("Fastställd i Malå 2 mars 2026 av IFO-chef");
  });

  it("says nothing more of one that applies, and why another does not", () => {
    expect(rulingState(row)).toBe("");
    expect(rulingState({ ...row, standing: "ended", until: "2026-12-01" })).toBe(
      "Gäller inte längre från 1 december 2026",
    );
    expect(rulingState({ ...row, standing: "replaced" })).toBe("Ersatt av ett senare beslut");
    expect(rulingState({ ...row, standing: "outside" })).toBe(
      "Infört av någon utanför Malå, räknas inte",
    );
    expect(rulingState({ ...row, changed_outside: true, voices: true })).toBe(
      "Ändrat av någon utanför Malå, se historiken · Står i flera lydelser",
    );
  });

  it("says what became of the text, and nothing while the card stands so", () => {
    expect(rulingVersion(row)).toBe("");
    expect(rulingVersion({ ...row, version: "changed" })).toBe("Kortet har ändrats sedan dess.");
    expect(rulingVersion({ ...row, version: "not_here" })).toMatch("har inte hämtats än");
    expect(rulingVersion({ ...row, version: "gone" })).toMatch("har tagits bort");
  });

  it("names who may, to somebody who may not", () => {
    const ask = [
      { key: "member:a", title: "Anna Berg" },
      { key: "member:b", title: "Bo Ek" },
    ];
    expect(rulingAsk({ version: "", voices: false, may: false, ask }, "Malå")).toMatch(
      "I Malå: Anna Berg och Bo Ek.",
    );
  });

  it("says where to look when nobody is known who may", () => {
    expect(rulingAsk({ version: "", voices: false, may: false, ask: [] }, "Malå")).toBe(
      "Den som företräder kommunen för in beslut. I Malå är ingen känd än. Se under Krets → Kollegor och datorer vem det kan vara.",
    );
  });
});
