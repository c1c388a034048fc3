import { LEVELS, fields } from "../messages/sv";
import type { Form } from "./form";
import { choices, field } from "./forms";

const required = { required: true };

/** Whom an office asks. The office is said by the page. */
export const askOrderForm: Form = {
  kind: "ask_order",
  fields: [field("note", "prose", fields.asking.note)],
  lists: [
    {
      name: "people",
      label: fields.asking.people,
      add: fields.asking.addPerson,
      max: 20,
      fields: [
        field("member", "ref", fields.asking.member, { of: ["member"] }),
        field("role", "line", fields.asking.role, { help: fields.asking.role_help }),
        field("decides", "prose", fields.asking.decides),
        field("deputy", "ref", fields.asking.deputy, { of: ["member"] }),
      ],
    },
  ],
  sets: [],
};

/** Those who give advice in an area. The area is said by the page. */
export const adviceForm: Form = {
  kind: "advice_group",
  fields: [
    field("about", "prose", fields.advice.about),
    field("reach", "line", fields.advice.reach),
    field("phone", "line", fields.advice.phone),
    field("email", "email", fields.advice.email),
    field("hours", "line", fields.advice.hours),
  ],
  lists: [
    {
      name: "members",
      label: fields.advice.members,
      add: fields.advice.addMember,
      max: 20,
      fields: [
        field("member", "ref", fields.advice.member, { ...required, of: ["member"] }),
        field("training", "line", fields.advice.training),
        field("hours", "line", fields.advice.memberHours),
      ],
    },
  ],
  sets: [],
};

/** A line of experience for a colleague to take up or leave. */
export const proposalForm: Form = {
  kind: "proposal",
  fields: [
    field("area", "ref", fields.proposal.area, { ...required, of: ["area"] }),
    field("level", "choice", fields.proposal.level, { ...required, choices: choices(LEVELS) }),
    field("year", "year", fields.proposal.year),
    field("note", "line", fields.proposal.note),
  ],
  lists: [],
  sets: [],
};
