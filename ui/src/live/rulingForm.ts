import { fields } from "../messages/sv";
import type { Form } from "./form";
import { field } from "./forms";

const words = fields.ruling;

/** What is decided, without an end. */
export const newRulingForm: Form = {
  kind: "ruling",
  fields: [
    field("role", "line", words.role, { required: true, help: words.role_help }),
    field("on", "date", words.on, { required: true }),
    field("number", "line", words.number, { help: words.number_help }),
  ],
  lists: [],
  sets: [],
};

export const rulingForm: Form = {
  ...newRulingForm,
  fields: [
    ...newRulingForm.fields,
    field("until", "date", words.until, { help: words.until_help }),
  ],
};
