import { expect, test } from "vitest";
import type { IntroductionStep, StepPage } from "../bindings";
import { STEP_PAGES } from "../messages/sv";
import { stepHref, stepsByTime } from "./introduction";
import { parseRoute } from "./route";

const step = (id: string, when: IntroductionStep["when"], removed = false): IntroductionStep => ({
  id,
  removed,
  text: id,
  when,
  card: null,
  page: "unknown",
});

test("steps stand under the time that they are for, and what was taken away stands nowhere", () => {
  const groups = stepsByTime([
    step("b", "first_week"),
    step("a", "first_day"),
    step("c", "first_week"),
    step("gone", "first_day", true),
    step("newer", "unknown"),
  ]);
  expect(groups.map(({ when, steps }) => [when, steps.map(({ id }) => id)])).toEqual([
    ["first_day", ["a"]],
    ["first_week", ["b", "c"]],
    ["unknown", ["newer"]],
  ]);
});

test("every page that a step can name is a page of the program", () => {
  for (const page of Object.keys(STEP_PAGES) as StepPage[]) {
    const href = stepHref(page, "member:maja");
    if (page === "unknown") expect(href).toBeNull();
    else if (page !== "search") expect(parseRoute(href ?? "").page, page).not.toBe("sok");
  }
  expect(stepHref("me", "member:maja")).toBe("#/person/maja");
  expect(stepHref("me", null)).toBe("#/personer");
});
