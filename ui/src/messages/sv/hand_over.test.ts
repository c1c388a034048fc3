import { describe, expect, it } from "vitest";
import type { HeldThing } from "../../bindings";
import { handOver, heldGroups, heldTitle, heldWords } from "./hand_over";

const thing = (
  kind: HeldThing["kind"],
  field: string,
  more: Partial<HeldThing> = {},
): HeldThing => ({
  key: `${kind}:a`,
  kind,
  field,
  title: "LVM",
  municipality: null,
  responsibility: null,
  duty: null,
  review_on: null,
  heads: [],
  ...more,
});

describe("What a colleague holds", () => {
  it("is counted in words, kind by kind", () => {
    const held = [
      thing("responsibility", "member"),
      thing("playbook", "owner_member"),
      thing("playbook", "owner_member"),
      thing("playbook", "deputy_member"),
    ];
    expect(handOver.left("Anna Öberg", held)).toBe(
      "Anna Öberg har 1 område, 2 kort och 1 kort som reserv kvar.",
    );
    expect(heldGroups(held).map(({ things }) => things.length)).toEqual([1, 2, 1]);
  });

  it("tells a task by its name and a card by when it is looked through", () => {
    const duty = thing("member", "duty", { duty: "representative", title: "Anna Öberg" });
    expect(heldTitle(duty)).toBe("Kommunrepresentant");
    const card = thing("playbook", "owner_member", { review_on: "2026-03-01" });
    expect(heldWords(card, "2026-11-22")).toBe("skulle ha granskats 1 mars 2026");
    expect(heldWords(card, "2026-03-01")).toBe("granskas 1 mars 2026");
    const malå = { key: "municipality:mala", title: "Malå" };
    const area = thing("responsibility", "member", { municipality: malå, responsibility: "lead" });
    expect(heldWords(area, "2026-11-22")).toBe("Malå · huvudansvar");
  });

  it("is told as handed over, with whoever took it", () => {
    expect(handOver.done(1, ["Siv Ek"])).toBe(
      "1 sak är överlämnad till Siv Ek. De andra datorerna får veta det.",
    );
    expect(handOver.go(3)).toBe("Lämna över 3 saker");
  });
});
