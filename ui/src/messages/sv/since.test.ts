import { describe, expect, it } from "vitest";
import type { SinceChange, SinceLine } from "../../bindings";
import { absenceWords, sinceLists, sinceWords } from "./since";

const lvm = { key: "playbook:lvm", title: "LVM" };

const changed = (...what: SinceChange[]): SinceLine => ({
  line: "changed",
  item: lvm,
  kind: "playbook",
  what,
});

const answered = (
  municipalities: string[],
  more: Partial<SinceLine & { line: "answered" }> = {},
): SinceLine => ({
  line: "answered",
  question: { key: "question:a", title: "Vem har nycklarna?" },
  municipalities,
  nameless: false,
  further: false,
  ...more,
});

describe("Sedan sist", () => {
  it.each([
    [2, "två veckor"],
    [8, "åtta veckor"],
    [9, "två månader"],
    [13, "tre månader"],
    [48, "elva månader"],
    [52, "ett år eller mer"],
    [800, "ett år eller mer"],
  ])("%i weeks are %s", (weeks, words) => expect(absenceWords(weeks)).toBe(words));

  it("says from where an answer came, and of one without a name nothing", () => {
    const title = "på din fråga »Vem har nycklarna?«";
    expect(sinceWords(answered(["Malå", "Åsele"]))).toBe(`Malå och Åsele svarade ${title}`);
    expect(sinceWords(answered([], { nameless: true }))).toBe(`Någon utan namn svarade ${title}`);
    expect(sinceWords(answered(["Malå"], { nameless: true }))).toBe(
      `Malå och någon utan namn svarade ${title}`,
    );
    expect(sinceWords(answered(["Malå"], { further: true }))).toBe(
      "Malå skrev vidare under din fråga »Vem har nycklarna?«",
    );
  });

  const step: SinceChange = { part: "steps", how: "added", several: false };
  const deadline: SinceChange = { part: "deadlines", how: "changed", several: false };
  const rest: SinceChange = { part: "rest", how: "changed", several: false };

  it.each([
    [[step], "Kortet »LVM« fick ett nytt steg"],
    [[{ ...step, several: true }], "Kortet »LVM« fick nya steg"],
    [[deadline], "Kortet »LVM«: en frist är ändrad"],
    [
      [step, deadline, rest],
      "Kortet »LVM« fick ett nytt steg; en frist är ändrad och något mer är ändrat",
    ],
    [[rest], "Kortet »LVM« är ändrat"],
  ])("tells changes of a card by part: %#", (what, words) =>
    expect(sinceWords(changed(...what))).toBe(words),
  );

  it("cuts a long title at a word", () => {
    const long = `Hur ${"länge ".repeat(30)}`;
    const words = sinceWords({ line: "bulletin", bulletin: { key: "bulletin:a", title: long } });
    expect(words).toMatch(/^Nytt att veta: »Hur (länge )+…«$/u);
    expect(words.length).toBeLessThan(110);
  });

  it("names each list once in which the rest stands", () => {
    expect(sinceLists(["question", "answer", "note", "variant"])).toEqual([
      "fragor",
      "anteckningar",
      "kort",
    ]);
  });
});
