import type { IntroductionStep, IntroductionTime, StepPage } from "../bindings";
import { STEP_PAGES, WHEN, fields } from "../messages/sv";
import type { Form } from "./form";
import { choices, field } from "./forms";
import { link, nameOf } from "./route";

const required = { required: true };

export const introductionForm: Form = {
  kind: "introduction",
  fields: [
    field("title", "line", fields.introduction.title, required),
    field("role", "line", fields.introduction.role, { help: fields.introduction.role_help }),
    field("owner", "ref", fields.introduction.owner, {
      of: ["municipality"],
      help: fields.introduction.owner_help,
    }),
    field("owner_role", "line", fields.card.owner_role),
    field("owner_member", "ref", fields.card.owner_member, { of: ["member"] }),
    field("draft", "flag", fields.card.draft),
  ],
  lists: [
    {
      name: "steps",
      label: fields.step.list,
      add: fields.step.add,
      max: 60,
      fields: [
        field("text", "prose", fields.step.text, required),
        field("when", "choice", fields.introduction.when, { ...required, choices: choices(WHEN) }),
        field("page", "choice", fields.introduction.page, { choices: choices(STEP_PAGES) }),
        field("card", "ref", fields.introduction.card, { of: ["playbook"] }),
      ],
    },
  ],
  sets: [],
};

/** Who is fadder for a colleague. */
export const fadderForm: Form = {
  kind: "member",
  fields: [
    field("fadder", "ref", fields.member.fadder, {
      of: ["member"],
      help: fields.member.fadder_help,
    }),
  ],
  lists: [],
  sets: [],
};

/** Steps that are shown, by when they are done, in the order of the list. */
export function stepsByTime(
  steps: IntroductionStep[],
): { when: IntroductionTime; steps: IntroductionStep[] }[] {
  const shown = steps.filter(({ removed }) => !removed);
  return (Object.keys(WHEN) as IntroductionTime[])
    .map((when) => ({ when, steps: shown.filter((step) => step.when === when) }))
    .filter(({ steps }) => steps.length > 0);
}

/** Where a step is tried. None for a page that an older program does not know. */
export function stepHref(page: StepPage, me: string | null): string | null {
  switch (page) {
    case "search":
      return link("sok");
    case "cards":
      return link("kort");
    case "questions":
      return link("fragor");
    case "people":
      return link("personer");
    case "me":
      return me ? link("person", nameOf(me)) : link("personer");
    case "ask_order":
      return link("personer", "", "", { flik: "kontor" });
    case "matrix":
      return link("ansvar");
    case "shared":
      return link("krets", "delas");
    case "news":
      return link("nytt");
    case "municipality":
      return link("kommun");
    case "needs_you":
      return link("behover-dig");
    case "colleagues":
      return link("krets", "kollegor");
    case "unknown":
      return null;
  }
}
