import { describe, expect, it } from "vitest";
import { afterEndWords, computerWords, guestsOver, nameWords, rightKeysWords } from "./members";

const computer = {
  id: "1",
  this: false,
  resting: false,
  guest_until: null as string | null,
  guest_over: false,
};
const person = { member: "member:1", name: "Kim Konsult", me: false, admin: false, eraser: false };
const nothing = { unfinished: [], suspended: [], roots_disputed: false, after_end: 0 };

function krets(mine: boolean, guest_over: boolean) {
  const computers = [{ ...computer, guest_until: "2027-01-31", guest_over }];
  const people = [{ ...person, computers }];
  return {
    ...nothing,
    municipalities: [
      { key: "municipality:dorotea", name: "Dorotea", starting: false, mine, people },
    ],
  };
}

describe("A guest", () => {
  it("is named when the last day has passed, to whoever may take her out", () => {
    expect(guestsOver(krets(true, true))).toContain("Kim Konsult");
    expect(guestsOver(krets(true, false))).toBe("");
    expect(guestsOver(krets(false, true))).toBe("");
  });

  it("has her last day beside the computer", () => {
    const until = { ...computer, guest_until: "2027-01-31" };
    expect(computerWords(until)).toBe("till och med 31 januari 2027");
    expect(computerWords({ ...until, guest_over: true })).toBe("skulle sluta 31 januari 2027");
    expect(computerWords(computer)).toBe("");
  });
});

describe("A computer that rests", () => {
  it("is said to rest, and not since when", () => {
    expect(computerWords({ ...computer, resting: true })).toMatch(/^vilar/);
    expect(computerWords({ ...computer, resting: true })).not.toMatch(/\d/);
  });
});

describe("Root keys", () => {
  it("are named by the numbers on their papers", () => {
    expect(rightKeysWords([1, 3])).toMatch(/rotnyckel 1 och 3\./);
    expect(rightKeysWords([1, 2, 3])).toMatch(/rotnyckel 1, 2 och 3\./);
  });
});

describe("Words about people", () => {
  it("do not fail before a name has come", () => {
    expect(nameWords({ name: "" })).not.toBe("");
    expect(afterEndWords(0)).toBe("");
    expect(afterEndWords(1)).toMatch(/^1 sak kom/);
  });
});
