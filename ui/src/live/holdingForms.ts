import { fields } from "../messages/sv";
import type { Form } from "./form";
import { choices, field } from "./forms";

const required = { required: true };

export const holdingForm: Form = {
  kind: "responsibility",
  fields: [
    field("area", "ref", fields.holding.area, { ...required, of: ["area"] }),
    field("municipality", "ref", fields.holding.municipality, {
      ...required,
      of: ["municipality"],
      noFou: true,
    }),
    field("responsibility", "choice", fields.holding.responsibility, {
      ...required,
      choices: choices({ lead: fields.holding.lead, support: fields.holding.support }),
    }),
    field("from", "date", fields.holding.from),
    field("to", "date", fields.holding.to),
    field("decision", "line", fields.holding.decision, { help: fields.holding.decision_help }),
    field("member", "ref", fields.holding.member, { of: ["member"] }),
    field("note", "prose", fields.holding.note),
  ],
  lists: [],
  sets: [],
};

export const endForm: Form = {
  kind: "responsibility",
  fields: holdingForm.fields.filter(({ name }) => name === "to"),
  lists: [],
  sets: [],
};
