import { expect, test } from "vitest";
import { STOPS } from "./tour";

/** A minute, in words, of somebody who reads with half an ear; and what one thing to try takes. */
const WORDS_A_MINUTE = 150;
const TRYING_MINUTES = 0.5;

test("the tour takes under five minutes, what is to be tried included", () => {
  const words = STOPS.flatMap(({ title, text, tryIt }) => `${title} ${text} ${tryIt}`.split(/\s+/));
  const minutes = words.length / WORDS_A_MINUTE + STOPS.length * TRYING_MINUTES;
  expect(minutes).toBeLessThan(5);
  expect(minutes).toBeGreaterThan(3.5);
});

test("a tour has five to seven stops, each on a page of its own", () => {
  expect(STOPS.length).toBeGreaterThanOrEqual(5);
  expect(STOPS.length).toBeLessThanOrEqual(7);
  expect(new Set(STOPS.map(({ at }) => at.join("/"))).size).toBe(STOPS.length);
});
