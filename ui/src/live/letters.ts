import type { LetterOnItsWay } from "../bindings";

/** What this window knows of an invitation that it has made; the core keeps the rest. */
export interface Inviting {
  /** The invitation, only while it is new. */
  text: string;
  /** The colleague has answered. */
  answered: boolean;
  name: string;
  /** Six digits to read out. */
  question: string;
  wrong: number;
  usedUp: boolean;
  welcome: string;
}

export const NEW_INVITING: Inviting = {
  text: "",
  answered: false,
  name: "",
  question: "",
  wrong: 0,
  usedUp: false,
  welcome: "",
};

export type InvitingStep = "letter" | "request" | "check" | "used_up" | "welcome";

export function invitingStep(of: Inviting): InvitingStep {
  if (of.welcome) return "welcome";
  if (of.usedUp) return "used_up";
  if (of.question) return "check";
  return of.answered || !of.text ? "request" : "letter";
}

/** Wrong answers before the last one. */
const WRONG_MAX = 3;

/** A wrong answer brings a new question; without one the invitation is used up. */
export function wronged(of: Inviting, question: unknown): Inviting {
  const wrong = of.wrong + 1;
  if (typeof question !== "string" || !question) return { ...of, wrong, usedUp: true };
  return { ...of, wrong, question };
}

export function triesLeft(of: Inviting): number {
  return Math.max(0, WRONG_MAX - of.wrong);
}

/** What this window knows of a request that it has written. */
export interface Joining {
  text: string;
  /** The two have begun to talk. */
  talking: boolean;
  answer: string;
  /** The admin said that the code was right. */
  right: boolean;
}

export const NEW_JOINING: Joining = { text: "", talking: false, answer: "", right: false };

export type JoiningStep = "request" | "check" | "welcome";

export function joiningStep(of: Joining): JoiningStep {
  if (of.right) return "welcome";
  return of.talking ? "check" : "request";
}

/** The letter that was written last. */
export function newest(letters: LetterOnItsWay[], inviting: boolean): string {
  const mine = letters.filter((letter) => letter.inviting === inviting);
  mine.sort((a, b) => b.made_at - a.made_at);
  return mine[0]?.invitation ?? "";
}

/** Six digits out of what was typed, or nothing. */
export function sixDigits(typed: string): string | null {
  const plain = typed.replace(/[\s-]/g, "");
  return /^\d{6}$/.test(plain) ? plain : null;
}

/** "012 345": as they are read out. */
export function grouped(digits: string): string {
  return digits.replace(/\D/g, "").replace(/(\d{3})(?=\d)/g, "$1 ");
}
