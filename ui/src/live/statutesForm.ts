import { fields } from "../messages/sv";
import type { Form } from "./form";
import { field } from "./forms";

const keeper = { help: fields.statutes.root_help };

export const statutesForm: Form = {
  kind: "statutes",
  fields: [
    field("purpose", "prose", fields.statutes.purpose, { help: fields.statutes.purpose_help }),
    field("membership", "prose", fields.statutes.membership, {
      help: fields.statutes.membership_help,
    }),
    field("election", "prose", fields.statutes.election, { help: fields.statutes.election_help }),
    field("time", "prose", fields.statutes.time, { help: fields.statutes.time_help }),
    field("root_1", "line", fields.statutes.root_1, keeper),
    field("root_2", "line", fields.statutes.root_2),
    field("root_3", "line", fields.statutes.root_3),
    field("adopted_on", "date", fields.statutes.adopted_on),
    field("review_on", "date", fields.statutes.review_on),
  ],
  lists: [],
  sets: [],
};
