import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { expect, it, vi } from "vitest";
import NewCard from "./NewCard.svelte";

const { calls, kept } = vi.hoisted(() => ({
  calls: [] as [string, Record<string, unknown>][],
  kept: [] as Record<string, unknown>[],
}));

const step = (text: string) => ({ text, force: "must", first_day: true, removed: false });
const card = { steps: [step("Ring jouren"), step("Boka möte")], statements: [] };
const answers: Record<string, unknown> = {
  playbooks: [{ key: "playbook:lvm", title: "LVM" }],
  playbook: { card },
  drafts: kept,
  choices: [],
  create_item: { key: "playbook:ny", heads: [], changed: true },
};

vi.mock("../../live/session.svelte", () => ({
  session: { info: { today: "2026-11-22" } },
  onElsewhere: () => () => undefined,
}));
vi.mock("../../backend", async (original) => ({
  ...(await original<typeof import("../../backend")>()),
  backend: {
    call: (command: string, args: Record<string, unknown>) => {
      calls.push([command, args]);
      if (command === "save_draft") kept.push({ ...args, updated_at: 1 });
      return Promise.resolve(answers[command] ?? {});
    },
    listen: () => undefined,
  },
}));

it("holds what is taken from another card in its draft, and says so when it is taken up", async () => {
  const { unmount } = render(NewCard);
  await screen.findByRole("option", { name: "LVM" });
  await fireEvent.change(screen.getByLabelText("Börja från ett annat kort"), {
    target: { value: "playbook:lvm" },
  });
  await screen.findByText("Tar med 2 steg.");
  await waitFor(() => expect(kept).toHaveLength(1));
  unmount();

  render(NewCard);
  await fireEvent.click(await screen.findByRole("button", { name: "Fortsätt" }));
  await screen.findByText("Tar med 2 steg.");
  await fireEvent.click(screen.getByRole("button", { name: "Skapa kortet" }));
  await waitFor(() => expect(calls.some(([command]) => command === "create_item")).toBe(true));
  const { edits } = calls.find(([command]) => command === "create_item")?.[1] as {
    edits: { edit: string; field?: string; fields?: Record<string, unknown> }[];
  };
  expect(edits[0]).toEqual({ edit: "set", field: "draft", value: true });
  expect(edits.flatMap(({ fields }) => fields ?? [])).toEqual([
    { text: "Ring jouren", force: "judge", first_day: true, source: "practice" },
    { text: "Boka möte", force: "judge", first_day: true, source: "practice" },
  ]);
});
