import { expect, it } from "vitest";
import type { Edit, GuardHit } from "../bindings";
import { putText, reasonsFor, reworded, textAt, textsOf, wordsOf } from "./guard";

const hit = (more: Partial<GuardHit>): GuardHit => ({
  path: "body",
  finding: "personal_number",
  level: "stop",
  start: 0,
  end: 0,
  rewording: [],
  fingerprint: "f",
  ...more,
});

it("A rewording is put in where the guard counted, also behind a face", () => {
  const text = "  😀 har 811218-9876 i akten";
  const found = hit({
    start: 7,
    end: 18,
    rewording: [{ start: 7, end: 18, text: "[personnummer borttaget]" }],
  });
  expect(wordsOf(text, found)).toBe("811218-9876");
  expect(reworded(text, found)).toBe("😀 har [personnummer borttaget] i akten");
});

it("Several parts of one hit are put in from behind, so that no place moves", () => {
  const found = hit({
    finding: "combination",
    rewording: [
      { start: 3, end: 5, text: "10–14" },
      { start: 18, end: 27, text: "på orten" },
    ],
  });
  expect(reworded("En 14-årig flicka i Sorsele", found)).toBe("En 10–14-årig flicka på orten");
});

it("Every edit that brings text is read, and nothing else", () => {
  const edits: Edit[] = [
    { edit: "set", field: "title", value: "a" },
    { edit: "set", field: "year", value: 2026 },
    { edit: "write", field: "body", text: "b" },
    { edit: "set_in", list: "steps", id: "1", field: "text", value: "c" },
    { edit: "add", list: "steps", id: "2", fields: { text: "d", first_day: true }, after: null },
    { edit: "choose", list: null, id: null, field: "about", value: "e" },
    { edit: "remove", list: "steps", id: "3", removed: true },
  ];
  expect([...textsOf(edits)]).toEqual([
    ["title", "a"],
    ["body", "b"],
    ["steps/1/text", "c"],
    ["steps/2/text", "d"],
    ["about", "e"],
  ]);
});

it("Text is read and written at the root and in rows", () => {
  const values = {
    fields: { title: "a" },
    lists: { steps: [{ id: "1", removed: false, fields: { text: "b" } }] },
    sets: {},
  };
  putText(values, "steps/1/text", "c");
  putText(values, "title", "d");
  expect([textAt(values, "steps/1/text"), textAt(values, "title")]).toEqual(["c", "d"]);
});

it("Nothing lets a Stopp stay, and only what a contact has can be one", () => {
  expect(reasonsFor(hit({ level: "stop", finding: "phone" }))).toEqual([]);
  expect(reasonsFor(hit({ level: "ask", finding: "phone" }))).toContain("work_contact");
  expect(reasonsFor(hit({ level: "ask", finding: "combination" }))).toEqual([
    "not_a_person",
    "public",
  ]);
});
