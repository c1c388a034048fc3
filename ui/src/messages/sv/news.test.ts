import { describe, expect, it } from "vitest";
import type { NewsOf, NewsWhat } from "../../bindings";
import { newsWords } from "./news";

const answer: NewsWhat = {
  kind: "answer",
  fresh: true,
  municipality: "Malå",
  nameless: false,
  further: false,
};

const of = (...what: NewsWhat[]): NewsOf => ({
  key: "question:a1",
  title: "Vem har nycklarna?",
  what,
  keys: [],
  at: null,
});

describe("what is new", () => {
  it("says which municipalities answered, each once and by name", () => {
    const all = of({ ...answer, municipality: "Åsele" }, answer, answer);
    expect(newsWords(all, true)).toBe("Malå och Åsele svarade på din fråga");
    expect(newsWords(all, false)).toBe("Malå och Åsele svarade");
  });

  it("says nothing of where an answer without a name comes from", () => {
    const unnamed = { ...answer, municipality: null, nameless: true };
    expect(newsWords(of(unnamed, answer), true)).toBe(
      "Någon utan namn svarade på din fråga · Malå svarade på din fråga",
    );
  });

  it("tells who asks further from who answers", () => {
    const further = { ...answer, further: true };
    expect(newsWords(of(further), true)).toBe("Malå skrev vidare i tråden");
  });

  it.each([
    [{ kind: "question", fresh: true }, "Ny fråga från Malå"],
    [{ kind: "question", fresh: true, nameless: true, municipality: null }, "Ny fråga utan namn"],
    [{ kind: "playbook", fresh: false }, "Handlingskortet är ändrat"],
    [{ kind: "variant", fresh: true }, "Malå skrev hur de gör"],
    [{ kind: "answer", fresh: false }, "Malå ändrade sitt svar"],
    [{ kind: "note", fresh: true, municipality: null }, "Ny anteckning"],
  ] as const)("%j is told as %s", (more, words) =>
    expect(newsWords(of({ ...answer, ...more }), false)).toBe(words),
  );
});
