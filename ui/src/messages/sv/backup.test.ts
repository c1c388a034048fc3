import { describe, expect, it } from "vitest";
import { backup, outcomeWords, whenWords } from "./backup";

describe("A backup", () => {
  it("is named by its day and ends as the standard tool expects", () => {
    expect(backup.name("2026-11-22")).toBe("radrum-2026-11-22.age");
  });

  it("says when it was made and tried, or that it was not", () => {
    const at = Date.UTC(2026, 10, 21, 15, 30);
    expect(whenWords(at, "2026-11-22", backup.never)).toBe("i går 16:30");
    expect(whenWords(null, "2026-11-22", backup.notTried)).toBe("inte än");
  });

  it("that fails a trial is told with a way on, and never thrown away", () => {
    expect(outcomeWords("damaged")).toContain("Den ligger kvar.");
    for (const outcome of ["missing", "damaged", "no_room"] as const) {
      expect(outcomeWords(outcome)).toMatch(/igen|Gör en ny/u);
    }
  });
});
