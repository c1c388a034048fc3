import { expect, it } from "vitest";
import type { Edit, Rejected } from "../bindings";
import { refusedPath } from "./rejected";

const long: Edit = {
  edit: "set_in",
  list: "steps",
  id: "b",
  field: "text",
  value: "åäö".repeat(9),
};
const short: Edit = { edit: "set_in", list: "steps", id: "a", field: "text", value: "kort" };

it("The row that is too long is pointed out, not the first row of the list", () => {
  const rejected: Rejected = { path: "steps/text", reason: "too_long", max: 20 };
  expect(refusedPath(rejected, [short, long])).toBe("steps/b/text");
});

it("Letters are counted as people count them", () => {
  const rejected: Rejected = { path: "title", reason: "too_long", max: 3 };
  const edits: Edit[] = [{ edit: "set", field: "title", value: "👩🏽a" }];
  expect(refusedPath(rejected, edits)).toBe("title");
});

it("An emptied field that must be filled in is pointed out", () => {
  const rejected = { path: "title", reason: "required" } as Rejected;
  expect(refusedPath(rejected, [{ edit: "set", field: "title", value: null }])).toBe("title");
});
