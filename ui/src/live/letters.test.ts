import { describe, expect, it } from "vitest";
import {
  NEW_INVITING,
  NEW_JOINING,
  grouped,
  invitingStep,
  joiningStep,
  newest,
  sixDigits,
  triesLeft,
  wronged,
} from "./letters";

const checking = { ...NEW_INVITING, text: "RADRUM-…", answered: true, question: "012 345" };

describe("An invitation", () => {
  it("shows its letter, then the request, the digits and the welcome", () => {
    const letter = { ...NEW_INVITING, text: "RADRUM-…" };
    expect(invitingStep(letter)).toBe("letter");
    expect(invitingStep({ ...letter, answered: true })).toBe("request");
    expect(invitingStep(checking)).toBe("check");
    expect(invitingStep({ ...checking, welcome: "RADRUM-…" })).toBe("welcome");
  });

  it("goes on at the request when its letter was written in another window", () => {
    expect(invitingStep(NEW_INVITING)).toBe("request");
  });

  it("has new digits after a wrong answer, and none after the third", () => {
    const once = wronged(checking, "111 222");
    expect([once.question, triesLeft(once)]).toEqual(["111 222", 2]);
    const twice = wronged(once, "333 444");
    expect([invitingStep(twice), triesLeft(twice)]).toEqual(["check", 1]);
    expect(invitingStep(wronged(twice, undefined))).toBe("used_up");
  });
});

it("A request waits for the talk, and the welcome for the word that the code was right", () => {
  expect(joiningStep(NEW_JOINING)).toBe("request");
  expect(joiningStep({ ...NEW_JOINING, talking: true, answer: "1" })).toBe("check");
  expect(joiningStep({ ...NEW_JOINING, talking: true, right: true })).toBe("welcome");
});

it("The newest letter is found among those of its own kind", () => {
  const of = (invitation: string, inviting: boolean, made_at: number) => ({
    invitation,
    inviting,
    made_at,
    krets: "",
    inviter: "",
  });
  const letters = [of("a", true, 1), of("b", true, 3), of("c", false, 9)];
  expect([newest(letters, true), newest(letters, false)]).toEqual(["b", "c"]);
  expect(newest([], true)).toBe("");
});

describe("Six digits", () => {
  it.each([
    ["012345", "012345"],
    [" 012 345 ", "012345"],
    ["012-345", "012345"],
    ["12345", null],
    ["01234a", null],
    ["", null],
  ])("are read out of %j", (typed, digits) => expect(sixDigits(typed)).toBe(digits));

  it("are shown in two groups", () => expect(grouped("012345")).toBe("012 345"));
});
