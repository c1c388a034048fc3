import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { expect, it, vi } from "vitest";
import { Failure } from "../../backend";
import type { Named } from "../../bindings";
import MergeDialog from "../../parts/MergeDialog.svelte";

const { waiting } = vi.hoisted(() => ({
  waiting: new Map<string, { give: (rows: unknown) => void; fail: (error: unknown) => void }>(),
}));

vi.mock("../../backend", async (original) => ({
  ...(await original<typeof import("../../backend")>()),
  backend: {
    call: (_: string, { text }: { text: string }) =>
      new Promise((give, fail) => waiting.set(text, { give, fail })),
    listen: () => undefined,
  },
}));

const named = (title: string): Named => ({ key: `question:${title}`, title });

async function type(text: string): Promise<void> {
  await fireEvent.input(screen.getByRole("textbox"), { target: { value: text } });
  await waitFor(() => expect(waiting.has(text)).toBe(true));
}

it("keeps what is alike in sight until the next answer has come, and says how many", async () => {
  const of = { key: "question:a", kind: "question" } as const;
  render(MergeDialog, { of, title: "hund", onanswer: () => undefined });
  await waitFor(() => expect(waiting.has("hund")).toBe(true));
  waiting.get("hund")?.give([named("Tjänstehund"), named("Hund i väntrum")]);
  await screen.findByRole("radio", { name: "Tjänstehund" });
  expect(screen.getByRole("status")).toHaveTextContent("2 liknande");

  await type("hundar");
  expect(screen.getAllByRole("radio")).toHaveLength(2);
  waiting.get("hundar")?.give([]);
  await waitFor(() => expect(screen.queryByRole("radio")).toBeNull());
  expect(screen.getByRole("status")).toHaveTextContent("Inget liknande hittades.");

  await type("hundars");
  waiting.get("hundars")?.fail(new Failure("bug", {}));
  await screen.findByRole("alert");
  expect(screen.getByRole("status")).toHaveTextContent(/^$/);
});
