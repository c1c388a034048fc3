import { describe, expect, it } from "vitest";
import { fullDay, instantNear, isDay, period, shortDay, span, weekdayDay } from "./dates";
import { statutes, statuteWords } from "./statute";

const TODAY = "2026-11-22";

describe("a day", () => {
  it("is written as people say it", () => {
    expect(shortDay("2026-12-01")).toBe("1 dec");
    expect(fullDay("2026-03-14")).toBe("14 mars 2026");
    expect(weekdayDay("2026-11-28")).toBe("lördag 28 november 2026");
    expect([span("2026-12-01", "2026-12-05"), span("2026-11-30", "2026-12-02")]).toEqual([
      "1–5 dec",
      "30 nov–2 dec",
    ]);
    expect(period("2025-04-01", null)).toBe("från 2025-04-01");
  });

  it("that does not exist is no day and is shown as it stands", () => {
    expect([isDay("2026-02-30"), isDay("2026-2-3"), isDay("2028-02-29")]).toEqual([
      false,
      false,
      true,
    ]);
    expect(fullDay("2026-02-30")).toBe("2026-02-30");
  });
});

describe("an instant", () => {
  it("is shown in Stockholm, where the day may be another one than in UTC", () => {
    expect(instantNear(Date.parse("2026-11-21T23:30:00Z"), TODAY)).toBe("i dag 00:30");
    expect(instantNear(Date.parse("2026-11-21T12:00:00Z"), TODAY)).toBe("i går 13:00");
    expect(instantNear(Date.parse("2024-12-03T12:00:00Z"), TODAY)).toBe("3 dec 2024");
  });
});

describe("a statute reference", () => {
  it.each([
    ["SoL 13:10", "13 kap. 10 § SoL"],
    ["LVM 15-18 §§", "15–18 §§ LVM"],
    ["SoL 20:2 a", "20 kap. 2 a § SoL"],
    ["HSLF-FS 2025:1", "HSLF-FS 2025:1"],
  ])("%s is written %s", (reference, words) => expect(statuteWords(reference)).toBe(words));

  it("stands beside others", () => {
    expect(statutes("LVM 7 §; OSL 25:12")).toBe("7 § LVM · 25 kap. 12 § OSL");
    expect(statutes(null)).toBe("");
  });
});
