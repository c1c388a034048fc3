import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { beforeEach, expect, it, vi } from "vitest";
import type { HandOverPage, MemberRow } from "../../bindings";
import HandOverForm from "./HandOverForm.svelte";

const { calls } = vi.hoisted(() => ({ calls: [] as [string, Record<string, unknown>][] }));

vi.mock("../../live/session.svelte", () => ({ session: { info: { today: "2026-11-22" } } }));
vi.mock("../../backend", async (original) => ({
  ...(await original<typeof import("../../backend")>()),
  backend: {
    call: (command: string, args: Record<string, unknown>) => {
      calls.push([command, args]);
      return Promise.resolve(command === "choices" ? [malå] : {});
    },
    listen: () => undefined,
  },
}));

const malå = { key: "municipality:mala", title: "Malå" };
const person = (name: string) =>
  ({ key: `member:${name.toLowerCase()}`, title: name, municipality: malå }) as MemberRow;
const held = (kind: "playbook" | "member", field: string, key: string, title: string) => ({
  ...{ key, kind, field, title, municipality: malå, heads: [`head of ${title}`] },
  ...{ responsibility: null, duty: null, review_on: null },
});
const page: HandOverPage = {
  member: { key: "member:anna", title: "Anna" },
  is_me: false,
  deputy: null,
  held: [
    held("playbook", "owner_member", "playbook:lvm", "LVM"),
    held("playbook", "owner_member", "playbook:lvu", "LVU"),
    held("member", "deputy", "member:bo", "Bo"),
  ],
  drafts: [],
};

const ondone = vi.fn();
const shown = async (more: Partial<HandOverPage> = {}) => {
  const others = [person("Bo"), person("Siv")];
  render(HandOverForm, { page: { ...page, ...more }, others, ondone });
  await screen.findAllByRole("option", { name: "Siv" });
};
const handed = () => calls.filter(([name]) => name === "hand_over").map(([, args]) => args);
const choose = (label: string, key: string) =>
  fireEvent.change(screen.getByLabelText(label), { target: { value: key } });

beforeEach(() => {
  calls.length = 0;
  ondone.mockClear();
});

it("Everything goes to one, and one thing apart, each on the version that was seen", async () => {
  await shown();
  await choose("Allt till", "member:siv");
  await choose("Till: Handlingskort, LVU", "member:bo");
  await fireEvent.click(screen.getByRole("button", { name: "Lämna över 3 saker" }));
  await waitFor(() => expect(ondone).toHaveBeenCalled());
  expect(handed()).toMatchObject([
    {
      member: "member:anna",
      things: [
        { key: "playbook:lvm", heads: ["head of LVM"], to: "member:siv" },
        { key: "playbook:lvu", heads: ["head of LVU"], to: "member:bo" },
        { key: "member:bo", field: "deputy", to: "member:siv" },
      ],
    },
  ]);
  expect(ondone).toHaveBeenCalledWith(
    "3 saker är överlämnade till Bo och Siv. De andra datorerna får veta det.",
  );
});

it("The deputy is the first thought, and nobody becomes her own", async () => {
  await shown({ deputy: { key: "member:bo", title: "Bo" } });
  expect(screen.getByLabelText("Allt till")).toHaveValue("member:bo");
  expect(screen.getByLabelText("Till: Ersättare för, Bo")).toHaveValue("");
  await fireEvent.click(screen.getByRole("button", { name: "Lämna över 2 saker" }));
  await waitFor(() => expect(ondone).toHaveBeenCalled());
});

it("Nothing is saved before somebody is chosen, and it says so", async () => {
  await shown();
  await fireEvent.click(screen.getByRole("button", { name: "Lämna över" }));
  expect(screen.getByLabelText("Allt till")).toHaveAccessibleDescription(
    "Välj först vem som tar över.",
  );
  expect(handed()).toEqual([]);
});
