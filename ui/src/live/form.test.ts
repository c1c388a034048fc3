import { describe, expect, it } from "vitest";
import type { Edit, SavedDraft } from "../bindings";
import { apply } from "./apply";
import { diff } from "./diff";
import { draftRows, editsOf, offersOf } from "./draft";
import { copyOf, valuesOf, type Form, type Values } from "./form";

const form: Form = {
  kind: "playbook",
  fields: [
    { name: "title", type: "line", label: "Rubrik" },
    { name: "body", type: "text", label: "Text" },
    { name: "review", type: "date", label: "Granskas" },
  ],
  lists: [
    {
      name: "steps",
      label: "Steg",
      add: "Lägg till",
      max: 60,
      fields: [
        { name: "text", type: "prose", label: "Steg" },
        { name: "demand", type: "choice", label: "Krav" },
      ],
    },
  ],
  sets: [{ name: "labels", label: "Etiketter", of: "label" }],
};

const step = (id: string, text: string | null) => ({
  id,
  removed: false,
  fields: { text, demand: "usual" },
});

function card(): Values {
  return {
    fields: { title: "LVM", body: "Ring först.", review: null },
    lists: { steps: [step("a", "Ett"), step("b", "Två"), step("c", "Tre")] },
    sets: { labels: ["label:lvm"] },
  };
}

/** Draft rows as the store gives them back. */
function saved(edits: Edit[], window = "w", updated_at = 1): SavedDraft[] {
  return [...draftRows(edits)].map(([field, text]) => ({
    item: "playbook:lvm",
    field,
    window,
    heads: [],
    text,
    updated_at,
  })) as unknown as SavedDraft[];
}

const changes: [string, (values: Values) => void][] = [
  ["a line is rewritten", (of) => (of.fields["title"] = "LVM, akut")],
  ["a line is emptied", (of) => (of.fields["title"] = "")],
  ["a long text is rewritten", (of) => (of.fields["body"] = "Ring efter åtta.\n\n**Alltid.**")],
  ["a long text is emptied", (of) => (of.fields["body"] = "")],
  ["a step is rewritten", (of) => (of.lists["steps"]![1]!.fields["text"] = "Två, med läkare")],
  ["a step is put aside", (of) => (of.lists["steps"]![0]!.removed = true)],
  ["a step is added last", (of) => of.lists["steps"]!.push(step("d", "Fyra"))],
  ["a step is added first", (of) => of.lists["steps"]!.unshift(step("d", "Noll"))],
  ["two steps are added", (of) => of.lists["steps"]!.splice(1, 0, step("d", "x"), step("e", "y"))],
  ["the last step is moved first", (of) => of.lists["steps"]!.unshift(of.lists["steps"]!.pop()!)],
  ["the order is turned", (of) => of.lists["steps"]!.reverse()],
  ["a label is changed", (of) => (of.sets["labels"] = ["label:barn"])],
];

describe("a form", () => {
  it.each(changes)("is written as edits that lead to the same form when %s", (_, change) => {
    const after = card();
    change(after);
    const edits = diff(form, card(), after);
    expect(edits).not.toEqual([]);
    const reached = apply(form, card(), edits);
    expect(diff(form, reached, after)).toEqual([]);
    expect(reached.lists).toEqual(after.lists);
  });

  it.each(changes)("comes back from its draft when %s", (_, change) => {
    const after = card();
    change(after);
    const resumed = apply(form, card(), editsOf(form, saved(diff(form, card(), after))));
    expect(diff(form, resumed, after)).toEqual([]);
  });

  it("that was only looked at gives no edits", () => {
    expect(diff(form, card(), copyOf(card()))).toEqual([]);
  });

  it("does not count space at the ends as a change", () => {
    const after = card();
    after.fields["title"] = "  LVM ";
    expect(diff(form, card(), after)).toEqual([]);
  });

  it("leaves out a new row in which nothing was written", () => {
    const after = card();
    after.lists["steps"]!.push(step("d", "  "));
    expect(diff(form, card(), after)).toEqual([]);
  });

  it("moves one row, not all the others, when one is dragged", () => {
    const after = card();
    after.lists["steps"]!.unshift(after.lists["steps"]!.pop()!);
    expect(diff(form, card(), after)).toEqual([
      { edit: "move", list: "steps", id: "c", after: "" },
    ]);
  });

  it("chooses where two voices stand, instead of writing a third", () => {
    const after = card();
    after.fields["title"] = "LVM, akut";
    const voices = [{ list: null, id: null, field: "title", voices: [] }];
    expect(diff(form, card(), after, voices)).toEqual([
      { edit: "choose", list: null, id: null, field: "title", value: "LVM, akut" },
    ]);
  });

  it("reads a view, where what is missing is nothing", () => {
    const values = valuesOf(form, { title: "Jäv", steps: [{ id: "a", text: "Ett" }] });
    expect(values.fields).toEqual({ title: "Jäv", body: null, review: null });
    expect(values.lists["steps"]).toEqual([
      { id: "a", removed: false, fields: { text: "Ett", demand: null } },
    ]);
    expect(values.sets["labels"]).toEqual([]);
  });

  it("shows a choice that is none of its own as nothing chosen", () => {
    const choices = [{ value: "editor", label: "redaktör" }];
    const fields = [{ name: "duty", type: "choice", label: "Uppdrag", choices } as const];
    const duty = (value: string) => valuesOf({ ...form, fields: [...fields] }, { duty: value });
    expect(duty("editor").fields).toEqual({ duty: "editor" });
    expect(duty("unknown").fields).toEqual({ duty: null });
  });
});

describe("drafts", () => {
  it("of two windows are offered apart, the newest first", () => {
    const old = saved([{ edit: "set", field: "title", value: "A" }], "old", 1);
    const young = saved([{ edit: "set", field: "title", value: "B" }], "young", 2);
    expect(offersOf([...old, ...young]).map((offer) => offer.window)).toEqual(["young", "old"]);
  });

  it("that cannot be read are left out, and the texts beside them stay", () => {
    const rows = saved([{ edit: "set", field: "title", value: "A" }]);
    const torn = { ...rows[0]!, field: "*", text: "{torn" };
    expect(editsOf(form, [torn, ...rows])).toEqual([{ edit: "set", field: "title", value: "A" }]);
  });
});
