import { describe, expect, it } from "vitest";
import {
  changingForm,
  experienceForm,
  isWriting,
  questionForm,
  secondEyesForm,
  WRITINGS,
  writingForm,
  writingGiven,
  type Writing,
} from "./askForms";

const names = (form: { fields: { name: string }[] }) => form.fields.map(({ name }) => name);

describe("a question", () => {
  it("needs one field, and no tick is offered that does not work", () => {
    const needed = questionForm.fields.filter(({ required }) => required);
    expect(needed.map(({ name }) => name)).toEqual(["text"]);
    expect(names(questionForm)).toEqual(["text", "more", "area", "contact_road"]);
  });

  it.each([experienceForm, secondEyesForm])("without case text has no field for any", (form) => {
    expect(form.fields.filter(({ type }) => type === "prose" || type === "text")).toEqual([]);
    expect(names(form)).toContain("area");
  });

  it("that was asked of one colleague keeps area and colleague when it is changed", () => {
    expect(names(changingForm("second_eyes"))).toEqual(["wished_time", "contact_road"]);
    expect(names(changingForm("experience_request"))).toEqual(["contact_road"]);
    expect(changingForm("question")).toBe(questionForm);
  });
});

describe("what is written under a question", () => {
  const all = Object.keys(WRITINGS) as Writing[];

  it.each(all)("%s begins with a text that must not be empty", (writing) => {
    const [first] = writingForm(writing).fields;
    expect([first?.name, first?.required]).toEqual(["text", true]);
    expect(first?.label).toBe(WRITINGS[writing].label);
  });

  it("speaks for the own office only as an answer", () => {
    const ways = all.filter((writing) => names(writingForm(writing)).includes("our_way"));
    expect(ways).toEqual(["svar", "annan"]);
  });

  it("has a sentence ready where a yes or a later is enough", () => {
    const ready = all.filter((writing) => writingGiven(writing)["text"]);
    expect(ready).toEqual(["ja", "senare", "nagon"]);
  });

  it("is known by its word in the address", () => {
    expect(isWriting("annan")).toBe(true);
    expect([isWriting("något"), isWriting(null)]).toEqual([false, false]);
  });
});
