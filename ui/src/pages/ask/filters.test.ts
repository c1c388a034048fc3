import { describe, expect, it } from "vitest";
import type { QuestionRow, QuestionsPage } from "../../bindings";
import { answeredWords, questionWords } from "../../messages/sv";
import { aptLists, matches, rowsOf, tabOf } from "./filters";

const TODAY = "2026-11-22";
const DAY = 86_400_000;
const ago = (days: number) => Date.parse(TODAY) - days * DAY;

function row(key: string, more: Partial<QuestionRow> = {}): QuestionRow {
  return {
    key: `question:${key}`,
    title: key,
    form: "question",
    state: "open",
    parked: "unknown",
    area: null,
    labels: [],
    by: null,
    municipality: null,
    asked: null,
    created_at: ago(3),
    unanswered: false,
    answered_by: [],
    mine: false,
    ...more,
  };
}

// Older than all that the list of open questions holds.
const forgotten = row("glömd", { unanswered: true, created_at: ago(900) });
const without = row("utan", { unanswered: true });
const other = row("andra", { answered_by: ["Malå"] });

const page: QuestionsPage = {
  open: [row("ny"), without, other, row("gammal", { created_at: ago(90) })],
  unanswered: [without, forgotten],
  waiting: [without, other, forgotten],
  clear: [row("klar", { state: "clear" })],
  parked: [row("sparad", { parked: "group" })],
  second_eyes: [],
  erased: [],
  cut: false,
};

const names = (rows: QuestionRow[]) => rows.map(({ title }) => title);

describe("the list of questions", () => {
  it.each([
    ["oppna", ["ny", "utan", "andra", "gammal"]],
    ["obesvarade", ["utan", "glömd"]],
    ["vantar", ["utan", "andra", "glömd"]],
    ["parkerade", ["sparad"]],
    ["klara", ["klar"]],
  ] as const)("shows under %s: %j", (tab, wanted) => {
    expect(names(rowsOf(tab, page))).toEqual(wanted);
  });

  it("begins with what is open", () => {
    expect([tabOf(null), tabOf("finns inte"), tabOf("klara")]).toEqual(["oppna", "oppna", "klara"]);
  });

  it("is filtered by words, area, label and municipality", () => {
    const of = row("Nycklar", {
      area: { key: "area:estate", title: "Dödsbo" },
      labels: [{ key: "label:boende", title: "Boende" }],
      municipality: { key: "municipality:mala", title: "Malå" },
    });
    for (const typed of ["nyck", "dödsbo", "boende", "malå"])
      expect(matches(typed, of), typed).toBe(true);
    expect(matches("sorsele", of)).toBe(false);
  });
});

describe("the list for the staff meeting", () => {
  it("has each question once: unanswered, waiting for us, then what is new", () => {
    const { unanswered, waiting, fresh } = aptLists(page, TODAY);
    expect([names(unanswered), names(waiting), names(fresh)]).toEqual([
      ["utan", "glömd"],
      ["andra"],
      ["ny"],
    ]);
  });
});

describe("a row", () => {
  it("says who has answered by municipality, never how many persons", () => {
    expect(answeredWords(row("a", { answered_by: ["Malå", "Åsele"] }))).toBe(
      "svar från Malå och Åsele",
    );
    expect(answeredWords(row("a", { unanswered: true }))).toBe("ingen har svarat");
    expect(answeredWords(row("a"))).toBe("besvarad");
  });

  it("says where it is kept and for whom", () => {
    const asked = { key: "member:maja", title: "Maja Lundmark" };
    const words = questionWords(row("a", { parked: "meeting", asked }), TODAY);
    expect(words).toContain("till Maja Lundmark");
    expect(words).toContain("tas upp på Digitala Mötesplatsen");
  });
});
