import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { beforeEach, expect, it, vi } from "vitest";
import type { KretsPeople, SuspendedAct } from "../../bindings";
import { touched } from "../../live/query.svelte";
import ConfirmAct from "./ConfirmAct.svelte";
import Members from "./Members.svelte";

const { calls, people } = vi.hoisted(() => ({
  calls: [] as [string, Record<string, unknown>][],
  people: { now: {} },
}));

vi.mock("../../live/session.svelte", () => ({ session: { info: { today: "2026-11-22" } } }));
vi.mock("../../backend", async (original) => ({
  ...(await original<typeof import("../../backend")>()),
  backend: {
    call: (command: string, args: Record<string, unknown>) => {
      calls.push([command, args]);
      return Promise.resolve(command === "krets_people" ? people.now : {});
    },
    listen: () => undefined,
  },
}));

const act: SuspendedAct = {
  ...{ id: "ab", ends: false, name: "Eva Ek", municipality: "Åsele" },
  ...{ by: "Maja Lundmark", may: true },
};
const shown = (suspended: SuspendedAct[]) => {
  const none: KretsPeople = {
    ...{ municipalities: [], unfinished: [], suspended, roots_disputed: false, after_end: 0 },
  };
  people.now = none;
  touched([]);
};
const confirmed = () => calls.filter(([name]) => name === "confirm_act").map(([, args]) => args);

beforeEach(() => (calls.length = 0));

it("An admin confirms with one click what another did after his end", async () => {
  shown([act]);
  render(Members);
  const text = await screen.findByText(/tog in en dator för Eva Ek i Åsele/u, { selector: "p" });
  expect(text).toHaveTextContent("Maja Lundmark");
  await fireEvent.click(screen.getByRole("button", { name: /^Bekräfta: Maja Lundmark/u }));
  await waitFor(() => expect(screen.getByRole("status")).toHaveTextContent("Det är bekräftat"));
  expect(confirmed()).toEqual([{ id: "ab", root_keys: [] }]);
});

it("Who may not is told who may, and is led to the root keys", async () => {
  shown([{ ...act, ends: true, may: false }]);
  render(Members);
  expect(await screen.findByText(/tog ut en dator för Eva Ek/u, { selector: "p" })).toBeVisible();
  expect(screen.queryByRole("button", { name: /^Bekräfta/u })).toBeNull();
  const roots = screen.getByRole("link", { name: /^Bekräfta med två rotnycklar/u });
  expect(roots).toHaveAttribute("href", "#/krets/bekrafta/ab");
});

it("Both root keys must be typed before it is confirmed", async () => {
  shown([{ ...act, may: false }]);
  render(ConfirmAct, { id: "ab" });
  const go = await screen.findByRole("button", { name: "Bekräfta" });
  await fireEvent.input(screen.getByLabelText(/Den ena/u), { target: { value: "aa" } });
  await fireEvent.click(go);
  expect(screen.getByLabelText(/Den andra/u)).toHaveFocus();
  expect(confirmed()).toEqual([]);
  await fireEvent.input(screen.getByLabelText(/Den andra/u), { target: { value: "bb" } });
  await fireEvent.click(go);
  expect(await screen.findByText(/Det är bekräftat/u)).toBeVisible();
  expect(confirmed()).toEqual([{ id: "ab", root_keys: ["aa", "bb"] }]);
});

it("An act that is confirmed already asks for no keys", async () => {
  shown([]);
  render(ConfirmAct, { id: "ab" });
  expect(await screen.findByText("Det finns inget att bekräfta längre.")).toBeVisible();
  expect(screen.queryByLabelText(/Den ena/u)).toBeNull();
});
