import { fireEvent, render, screen } from "@testing-library/svelte";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import Search from "./Search.svelte";

vi.mock("../../live/session.svelte", () => ({ session: { info: { today: "2026-11-22" } } }));
vi.mock("../../backend", async (original) => ({
  ...(await original<typeof import("../../backend")>()),
  backend: { call: () => new Promise(() => {}), listen: () => undefined },
}));

beforeEach(() => {
  location.hash = "#/sok";
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

const type = (text: string) =>
  fireEvent.input(screen.getByRole("textbox"), { target: { value: text } });

it("keeps what is asked in the address", async () => {
  render(Search, { onback: () => {} });
  await type("lvm");
  vi.advanceTimersByTime(300);
  expect(location.hash).toBe("#/sok?q=lvm");
});

it("does not call back whoever has followed a link before the address was written", async () => {
  render(Search, { onback: () => {} });
  await type("lvm");
  location.hash = "#/kort/lvm";
  vi.advanceTimersByTime(300);
  expect(location.hash).toBe("#/kort/lvm");
});
