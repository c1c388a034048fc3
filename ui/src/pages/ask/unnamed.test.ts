import { expect, it } from "vitest";
import type { AnonymousState, QuestionPage } from "../../bindings";
import { isUnnamed } from "./unnamed";

const elin = { key: "member:elin", title: "Elin Ask" };
const of = (key: string, stepped: typeof elin | null = null) => ({
  head: { key },
  nameless: true,
  stepped_forward: stepped,
});

function page(asked: ReturnType<typeof of> | null): QuestionPage {
  const thread = { answer: of("answer:a"), replies: [of("answer:b")] };
  const some = { key: "question:q", asked, follow_ups: [of("answer:f")], threads: [thread] };
  return some as unknown as QuestionPage;
}

function own(mine: string[], waiting: object[] = []): AnonymousState {
  return { mine, waiting } as unknown as AnonymousState;
}

const asked = page(of("question:q"));

it("leaves the name out where she has left it out, wherever in the thread that was", () => {
  for (const key of ["question:q", "answer:a", "answer:b", "answer:f"]) {
    expect(isUnnamed(asked, own([key]))).toBe(true);
  }
  expect(isUnnamed(page(null), own(["answer:b"]))).toBe(true);
  expect(isUnnamed(asked, own([], [{ act: "write", question: "question:q" }]))).toBe(true);
});

it("begins with the name for everybody else, and for whoever has stepped forward", () => {
  expect(isUnnamed(asked, own([]))).toBe(false);
  expect(isUnnamed(asked, own(["question:other"]))).toBe(false);
  expect(isUnnamed(asked, own([], [{ act: "write", question: "question:other" }]))).toBe(false);
  expect(isUnnamed(asked, own([], [{ act: "clear", question: "question:q" }]))).toBe(false);
  expect(isUnnamed(page(of("question:q", elin)), own(["question:q"]))).toBe(false);
});
