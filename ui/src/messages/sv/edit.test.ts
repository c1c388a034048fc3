import { expect, it } from "vitest";
import { edit } from "./edit";

it("says what a new card takes from another one, and nothing when that is nothing", () => {
  expect(edit.takes(7, 3)).toBe("Tar med 7 steg och 3 frågor.");
  expect(edit.takes(1, 1)).toBe("Tar med 1 steg och 1 fråga.");
  expect(edit.takes(0, 2)).toBe("Tar med 2 frågor.");
  expect(edit.takes(0, 0)).toBe("");
});
