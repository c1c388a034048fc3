import { describe, expect, it } from "vitest";
import type { Playbook } from "../bindings";
import { apply } from "./apply";
import { begunFrom } from "./begunFrom";
import { diff } from "./diff";
import { valuesOf } from "./form";
import { newCardForm } from "./forms";

const card = {
  steps: [
    { text: "Ring jouren", force: "must", first_day: true, removed: false, statute: "LVM 13 §" },
    { text: "Gammalt", force: "usual", first_day: false, removed: true },
    { text: "Boka möte", force: "usual", first_day: false, removed: false },
  ],
  statements: [
    { text: "Är det brådskande?", part: "question", removed: false },
    { text: "Nämnden ansöker", part: "must", removed: false, statute: "LVM 11 §" },
  ],
} as unknown as Playbook;

describe("a card that is begun from another one", () => {
  const edits = begunFrom(card).map((edit) => (edit.edit === "add" ? edit : null));

  it("has its steps and its questions, in their order and under ids of their own", () => {
    expect(edits.map((edit) => [edit?.list, edit?.fields["text"]])).toEqual([
      ["steps", "Ring jouren"],
      ["steps", "Boka möte"],
      ["statements", "Är det brådskande?"],
    ]);
    expect(new Set(edits.map((edit) => edit?.id)).size).toBe(3);
    expect(edits.every((edit) => /^[0-9a-f]{22}$/.test(edit?.id ?? ""))).toBe(true);
  });

  it("is written as it was taken, also out of a draft", () => {
    const taken = begunFrom(card);
    const empty = valuesOf(newCardForm, {});
    const written = diff(newCardForm, empty, apply(newCardForm, empty, taken));
    const again = diff(newCardForm, empty, apply(newCardForm, empty, written));
    const fields = (edits: typeof taken) =>
      edits.map((edit) => edit.edit === "add" && [edit.list, edit.id, edit.fields]);
    expect(fields(written)).toEqual(fields(taken));
    expect(again).toEqual(written);
  });

  it("takes nothing along as law", () => {
    for (const edit of edits) {
      expect(edit?.fields).not.toHaveProperty("statute");
      expect(edit?.fields["source"]).toBe("practice");
      expect(edit?.fields["force"]).not.toBe("must");
    }
  });
});
