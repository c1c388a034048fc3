import { render, screen, waitFor, within } from "@testing-library/svelte";
import { beforeEach, expect, it, vi } from "vitest";
import type { BackupState, Records } from "../../bindings";
import { touched } from "../../live/query.svelte";
import Stored from "./Stored.svelte";

const { answers } = vi.hoisted(() => ({ answers: {} as Record<string, unknown> }));

vi.mock("../../live/session.svelte", () => ({ session: { info: { today: "2026-11-22" } } }));
vi.mock("../../backend", async (original) => ({
  ...(await original<typeof import("../../backend")>()),
  backend: {
    call: (command: string) => Promise.resolve(answers[command]),
    listen: () => undefined,
  },
}));

const stored: Records = {
  ...{ folder: "/home/maja/radrum", file: "radrum.db", bytes: 2_400_000 },
  kinds: [
    { kind: "playbook", count: 16 },
    { kind: "member", count: 1 },
    { kind: "of_a_newer_program", count: 3 },
  ],
  ...{ first_at: Date.UTC(2024, 11, 3), last_at: Date.UTC(2026, 10, 20) },
  ...{ drafts: 2, ticks: 1, entries: 1204, erased: 0, since: Date.UTC(2026, 1, 2) },
  ...{ relays: ["https://relay.example"], log_days: 14, version: "0.1.0" },
};
const backups: BackupState = {
  last: {
    ...{ file: "/media/stick/kopia.age", made_at: Date.UTC(2026, 10, 22, 9) },
    ...{ bytes: 900_000, items: 40, tested_at: null, outcome: null },
  },
  rejoin: false,
};

const row = async (name: string) => {
  const term = await screen.findByText(name, { selector: "dt" });
  return term.nextElementSibling?.textContent?.replace(/\s+/gu, " ") ?? "";
};

beforeEach(() => {
  Object.assign(answers, { records: stored, backup_state: backups });
  touched([]);
});

it("says with the values of this computer what is stored, where and how much", async () => {
  render(Stored);
  expect(await row("Mapp")).toContain("/home/maja/radrum");
  expect(await row("Fil")).toContain("radrum.db, 2,4 MB");
  expect((await row("Innehåll")).trim()).toBe("16 handlingskort, 1 kollega");
  expect((await row("Skrivet")).trim()).toBe("3 dec 2024 till 20 nov");
  expect(await row("Bara här")).toContain("2 utkast, 1 bock");
  expect(await row("Låsta poster")).toContain("1 204");
  expect(await row("Säkerhetskopia")).toContain("i dag 10:00");
  expect(await row("Relä")).toContain("https://relay.example");
  expect(await row("Programmets logg")).toContain("14 dagar");
  expect(screen.getByText(/i mappen log .* i 14 dagar/u)).toBeVisible();
  // Nothing was erased: no row says zero.
  expect(screen.queryByText("Borttagna poster")).toBeNull();
});

it("leaves purpose and legal ground to the municipality, and can be printed", async () => {
  render(Stored);
  expect((await row("Rättslig grund")).trim()).toBe("Kommunen bestämmer.");
  const table = screen.getByRole("table", { name: "Vad, var och hur länge" });
  const backupRow = within(table).getByRole("row", { name: /^Säkerhetskopior/u });
  expect(backupRow).toHaveTextContent("rensas innan en återställd fil visas");
  expect(screen.getByRole("button", { name: "Skriv ut" })).toBeVisible();
  expect(screen.getByRole("link", { name: /Exportera/u })).toHaveAttribute("href", "#/krets");
});

it("says so when there is nothing yet, no backup and no relay", async () => {
  const none = { kinds: [], first_at: null, last_at: null, relays: [], entries: 0 };
  answers["records"] = { ...stored, ...none };
  answers["backup_state"] = { last: null, rejoin: false };
  render(Stored);
  await waitFor(async () => expect((await row("Innehåll")).trim()).toBe("inget än"));
  expect(await row("Säkerhetskopia")).toContain("aldrig");
  expect((await row("Relä")).trim()).toBe("inget");
  expect(screen.queryByText("Skrivet")).toBeNull();
  expect(screen.queryByText("Låsta poster", { selector: "dt" })).toBeNull();
});
