import { describe, expect, it } from "vitest";
import type { AskRow, MemberRow, OfficeRow } from "../../bindings";
import { askedWords, groupWords, pauseSpan, reachWords } from "./asking";
import { pauseWords } from "./people";

const person = (title: string, more: Partial<MemberRow> = {}): MemberRow =>
  ({ title, role: "IFO-chef", away: null, away_today: false, ...more }) as MemberRow;
const row = (more: Partial<AskRow>): AskRow => ({ person: null, role: null, ...more }) as AskRow;

describe("an order of asking", () => {
  it("names a person with the role that it gives her, or with her own", () => {
    expect(askedWords(row({ person: person("Kerstin") }))).toBe("Kerstin, IFO-chef");
    expect(askedWords(row({ person: person("Kerstin"), role: "jouren" }))).toBe("Kerstin, jouren");
  });

  it("says of a role that nobody has it only when somebody had", () => {
    expect(askedWords(row({ role: "Jouren, 0980-319 299", gap: false }))).toBe(
      "Jouren, 0980-319 299",
    );
    expect(askedWords(row({ role: "Förste", gap: true }))).toBe("Förste: ingen just nu");
    expect(askedWords(row({ gap: true }))).toBe("ingen just nu");
  });

  it("says when somebody is away and not whom else to ask: that stands below", () => {
    const away: [string, string] = ["2026-11-24", "2026-11-27"];
    const deputy = { key: "member:a", title: "Oskar" };
    const gone = person("Maja", { away, away_today: true, deputy, call_me: true });
    expect(reachWords(gone)).toBe("borta till 27 nov");
    expect(reachWords(person("Maja", { call_me: true, consult_when: "före 9" }))).toBe(
      "ring gärna, före 9",
    );
  });
});

describe("a rådgrupp", () => {
  it("says who is in it, when and how it is reached", () => {
    const members = ["Sofia", "Hanna"].map((name) => ({
      person: person(name),
      training: null,
      hours: null,
    }));
    const group = { key: "", area: { key: "", title: "" }, phone: null, members };
    expect(groupWords({ ...group, hours: "tisdagar", reach: "ring" })).toBe(
      "Sofia och Hanna · tisdagar · ring",
    );
    expect(groupWords({ ...group, members: [], hours: "tisdagar", reach: null })).toBe("tisdagar");
  });
});

describe("an office that cannot help just now", () => {
  it("says until when and why only if it has said so", () => {
    expect(pauseWords({ to: null, note: null })).toBe("kontoret kan inte hjälpa just nu");
    expect(pauseWords({ to: "2026-12-04", note: "Två är borta." })).toBe(
      "kontoret kan inte hjälpa just nu, till 4 dec. Två är borta.",
    );
  });

  it("tells the days that were written", () => {
    const office = (from: string | null, to: string | null) =>
      ({ office: { paused_from: from, paused_to: to } }) as OfficeRow;
    expect(pauseSpan(office("2026-11-24", "2026-11-27"))).toBe("24–27 nov");
    expect(pauseSpan(office("2026-11-24", null))).toBe("från 24 nov");
    expect(pauseSpan(office(null, "2026-11-27"))).toBe("till 27 nov");
    expect(pauseSpan(office(null, null))).toBe("");
  });
});
