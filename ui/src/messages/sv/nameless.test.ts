import { describe, expect, it } from "vitest";
import type { AnonymousHurdle } from "../../bindings";
import { hurdleWords, namelessWords, postWords } from "./nameless";

const state = {
  hurdle: null as AnonymousHurdle | null,
  devices: 12,
  devices_min: 20,
  municipalities: 2,
  municipalities_min: 3,
  waiting: [],
  mine: [],
};

describe("Writing without a name", () => {
  it("is said with its reason where it cannot be done", () => {
    expect(hurdleWords(state)).toBe("");
    expect(hurdleWords({ ...state, hurdle: "example" })).toContain("Exempelkretsen");
    const few = hurdleWords({ ...state, hurdle: "few_devices" });
    expect(few).toContain("20");
    expect(few).toContain("12");
    expect(hurdleWords({ ...state, hurdle: "few_municipalities" })).toContain("minst 3 kommuner");
  });

  it("says what waits: a text, a word on it, or that it goes", () => {
    const post = { id: "1", kind: "question" as const, question: null, text: "Vem?", sent: false };
    expect(postWords({ ...post, act: "write" })).toBe("Vem?");
    expect(postWords({ ...post, act: "clear" })).toBe("Klar för mig: Vem?");
    expect(postWords({ ...post, act: "erase" })).toBe("Tas bort: Vem?");
  });

  it("names nobody until somebody has stepped forward", () => {
    expect(namelessWords(null)).toBe("Utan namn");
    const named = namelessWords({ key: "member:elin", title: "Elin Ask" });
    expect(named).toContain("Utan namn");
    expect(named).toContain("Elin Ask har trätt fram");
  });
});
