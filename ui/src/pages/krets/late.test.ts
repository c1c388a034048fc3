import { fireEvent, render, screen, waitFor, within } from "@testing-library/svelte";
import { beforeEach, expect, it, vi } from "vitest";
import type { HistoryLine, LateItem } from "../../bindings";
import { touched } from "../../live/query.svelte";
import Late from "./Late.svelte";

const { calls, page } = vi.hoisted(() => ({
  calls: [] as [string, Record<string, unknown>][],
  page: { now: {} },
}));

vi.mock("../../live/session.svelte", () => ({ session: { info: { today: "2026-11-22" } } }));
vi.mock("../../backend", async (original) => ({
  ...(await original<typeof import("../../backend")>()),
  backend: {
    call: (command: string, args: Record<string, unknown>) => {
      calls.push([command, args]);
      return Promise.resolve(command === "late_items" ? page.now : {});
    },
    listen: () => undefined,
  },
}));

const renamed: HistoryLine = {
  ...{ action: "wrote", list: null, entry: null, field: "title" },
  ...{ old: "Som det var", new: "Som Anna vill" },
};
const item: LateItem = {
  ...{ key: "note:abc", kind: "note", title: "Som Anna vill", computer: "c0" },
  ...{ municipality: "Sorsele", counts: false, fits: true, may: true },
  saves: [{ name: "Anna Öberg", written_at: Date.UTC(2026, 10, 20, 9), lines: [renamed] }],
  ...{ entries: {}, titles: {} },
};
const shown = (items: LateItem[], admin = true) => {
  page.now = { admin, items };
  touched([]);
  render(Late);
};
const taken = () => calls.filter(([name]) => name === "take_up").map(([, args]) => args);

beforeEach(() => (calls.length = 0));

it("shows what was written and by whom, and takes it up after a question", async () => {
  shown([item]);
  const row = (await screen.findByRole("heading", { name: "Som Anna vill" })).closest("li");
  expect(row).toHaveTextContent("Anteckning · Anna Öberg · Sorsele · 20 nov 10:00");
  expect(row).toHaveTextContent("ändrade rubriken: »Som det var« → »Som Anna vill«");
  await fireEvent.click(screen.getByRole("button", { name: "Ta med: Som Anna vill" }));
  const dialog = screen.getByRole("dialog", { name: "Ta med ”Som Anna vill”?" });
  expect(dialog).toHaveTextContent("med namnet på Anna Öberg");
  expect(taken()).toEqual([]);
  await fireEvent.click(within(dialog).getByRole("button", { name: "Ta med" }));
  await waitFor(() => expect(screen.getByRole("status")).toHaveTextContent("är med igen"));
  expect(taken()).toMatchObject([{ key: "note:abc", computer: "c0" }]);
});

it("takes nothing up when the question is answered with no, and leads back", async () => {
  shown([item]);
  const button = await screen.findByRole("button", { name: /^Ta med/u });
  button.focus();
  await fireEvent.click(button);
  screen.getByRole("button", { name: "Avbryt" }).focus();
  await fireEvent.click(screen.getByRole("button", { name: "Avbryt" }));
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(button).toHaveFocus();
  expect(taken()).toEqual([]);
});

it("offers nothing for what counts, what does not fit and what another decides", async () => {
  shown([
    { ...item, key: "note:b", fits: false },
    { ...item, key: "note:c", may: false },
    { ...item, key: "note:d", counts: true },
  ]);
  expect(await screen.findByText(/Skriv av det du vill behålla/u)).toBeVisible();
  expect(screen.getByText("En representant för kommunen kan ta med det.")).toBeVisible();
  expect(screen.getByRole("heading", { name: "Räknas redan" })).toBeVisible();
  expect(screen.getByRole("link", { name: "Som Anna vill" })).toHaveAttribute(
    "href",
    "#/anteckning/d",
  );
  expect(screen.queryByRole("button", { name: /^Ta med/u })).toBeNull();
});

it("shows others than admins whom to ask, and says when there is nothing", async () => {
  shown([], false);
  expect(await screen.findByText(/Fråga den som är representant/u)).toBeVisible();
  page.now = { admin: true, items: [] };
  touched([]);
  expect(await screen.findByText(/Inget har kommit från någon/u)).toBeVisible();
});
