import { render, screen } from "@testing-library/svelte";
import { expect, it } from "vitest";
import type { FadderOf, MemberRow } from "../../bindings";
import { introduction as words } from "../../messages/sv";
import Fadder from "./Fadder.svelte";

const person = (name: string): MemberRow => ({
  key: `member:${name.toLowerCase()}`,
  title: name,
  role: null,
  office: null,
  municipality: { key: "municipality:mala", title: "Malå" },
  phone: "0953-140 00",
  email: null,
  call_me: false,
  consult_when: null,
  away: null,
  away_today: false,
  deputy: null,
  experience: [],
  duty: "unknown",
  paused: null,
});

const of = (more: Partial<FadderOf> = {}): FadderOf => ({
  member: "member:siv",
  fadders: [],
  representatives: [person("Maja")],
  writes: true,
  ...more,
});

it("leads somebody without a fadder on to people, and lets her choose", () => {
  render(Fadder, { of: of(), own: true });
  expect(screen.getByText(words.noFadder)).toBeTruthy();
  const hrefs = screen.getAllByRole("link").map((link) => link.getAttribute("href"));
  expect(hrefs).toEqual([
    "#/fraga/ny?form=ogon&till=maja",
    "#/personer",
    "#/fraga/ny?form=soker",
    "#/person/siv?fadder=1",
  ]);
});

it("says how a fadder is reached, and lets nobody but the two choose", () => {
  render(Fadder, { of: of({ fadders: [person("Kjell")], writes: false }), own: false });
  expect(screen.getByText("0953-140 00")).toBeTruthy();
  const links = screen.getAllByRole("link").map((link) => link.textContent);
  expect(links).toEqual(["Kjell"]);
});

it("shows both who were chosen at once, and says so", () => {
  render(Fadder, { of: of({ fadders: [person("Kjell"), person("Anna")] }), own: true });
  expect(screen.getByText(words.several)).toBeTruthy();
  expect(screen.getByRole("link", { name: words.change })).toBeTruthy();
});
