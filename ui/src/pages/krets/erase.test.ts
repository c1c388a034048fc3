import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { beforeEach, expect, it, vi } from "vitest";
import type { EraseRights } from "../../bindings";
import Erase from "../../parts/Erase.svelte";

const { calls, rights } = vi.hoisted(() => ({
  calls: [] as [string, Record<string, unknown>][],
  rights: { may: false, by_roots: true, who: [] as { key: string; title: string }[] },
}));

vi.mock("../../backend", async (original) => ({
  ...(await original<typeof import("../../backend")>()),
  backend: {
    call: (command: string, args: Record<string, unknown>) => {
      calls.push([command, args]);
      return Promise.resolve(command === "erase_rights" ? rights : {});
    },
    listen: () => undefined,
  },
}));

const onclose = vi.fn();
const shown = (of: EraseRights) => {
  Object.assign(rights, of);
  render(Erase, { of: "note:abc", title: "Ring före nio", onclose });
};
const erased = () => calls.filter(([name]) => name === "erase_item").map(([, args]) => args);

beforeEach(() => {
  calls.length = 0;
  onclose.mockClear();
});

it("Two root keys erase what is somebody else's, and both must be typed", async () => {
  shown({
    may: false,
    nameless: false,
    by_roots: true,
    who: [{ key: "member:maja", title: "Maja" }],
  });
  expect(await screen.findByRole("link", { name: "Maja" })).toBeVisible();
  await fireEvent.click(screen.getByRole("button", { name: "Ta bort med två rotnycklar" }));
  const first = screen.getByLabelText(/Den ena nyckeln/u);
  await waitFor(() => expect(first).toHaveFocus());
  await fireEvent.click(screen.getByLabelText("Något annat"));
  await fireEvent.input(first, { target: { value: "aa" } });
  await fireEvent.click(screen.getByRole("button", { name: "Ta bort för alla" }));
  expect(erased()).toEqual([]);
  expect(screen.getByLabelText(/Den andra nyckeln/u)).toHaveFocus();
  await fireEvent.input(screen.getByLabelText(/Den andra nyckeln/u), { target: { value: "bb" } });
  await fireEvent.click(screen.getByRole("button", { name: "Ta bort för alla" }));
  await waitFor(() => expect(onclose).toHaveBeenCalled());
  expect(erased()).toMatchObject([{ key: "note:abc", ground: "other", root_keys: ["aa", "bb"] }]);
});

it("Who may erase is not asked for keys, and without a krets nobody is", async () => {
  shown({ may: true, nameless: false, by_roots: true, who: [] });
  await fireEvent.click(await screen.findByLabelText("Något annat"));
  expect(screen.queryByLabelText(/nyckeln/u)).toBeNull();
  await fireEvent.click(screen.getByRole("button", { name: "Ta bort för alla" }));
  await waitFor(() => expect(onclose).toHaveBeenCalled());
  expect(erased()).toMatchObject([{ root_keys: [] }]);
});

it("Alone, what nobody may erase offers no keys", async () => {
  shown({ may: false, nameless: false, by_roots: false, who: [] });
  expect(await screen.findByText(/Ingen kan ta bort det här än/u)).toBeVisible();
  expect(screen.queryByRole("button", { name: /rotnycklar/u })).toBeNull();
});

it("What one wrote without a name goes without one, and keeps no cleaned text", async () => {
  shown({ may: true, nameless: true, by_roots: true, who: [] });
  await fireEvent.click(await screen.findByLabelText("Något annat"));
  expect(screen.getByText(/tas bort utan namn/u)).toBeVisible();
  expect(screen.queryByLabelText(/behåll texten/u)).toBeNull();
  await fireEvent.click(screen.getByRole("button", { name: "Ta bort för alla" }));
  await waitFor(() => expect(onclose).toHaveBeenCalled());
  expect(erased()).toMatchObject([{ key: "note:abc", keep_text: false, root_keys: [] }]);
});
