import { describe, expect, it } from "vitest";
import { lacks } from "./erase";

describe("What must be chosen before something is erased", () => {
  it.each([
    [null, "", "ground"],
    [null, "SN 2026/14", "ground"],
    ["decision", "  ", "decision"],
    ["decision", "SN 2026/14", null],
    ["person", "", null],
    ["other", "", null],
  ] as const)("%s with %j lacks %s", (ground, decision, missing) =>
    expect(lacks({ ground, decision, keep: false })).toBe(missing),
  );
});
