import { SUGGESTION_FORMS, SUGGESTION_STATES, fields } from "../messages/sv";
import type { Form } from "./form";
import { choices, field } from "./forms";

const words = fields.suggestion;
const required = { required: true };

/** What its writer says. */
export const suggestionForm: Form = {
  kind: "suggestion",
  fields: [
    field("title", "line", words.title, required),
    field("form", "choice", words.form, { ...required, choices: choices(SUGGESTION_FORMS) }),
    field("text", "prose", words.text, { help: words.text_help }),
  ],
  lists: [],
  sets: [],
};

/** What those say who look after it. */
export const replyForm: Form = {
  kind: "suggestion",
  fields: [
    field("state", "choice", words.state, {
      choices: choices(SUGGESTION_STATES),
      help: words.state_help,
    }),
    field("answer", "prose", words.answer),
  ],
  lists: [],
  sets: [],
};

export const welcomeForm: Form = {
  kind: "welcome",
  fields: [field("text", "prose", fields.welcome.text, { help: fields.welcome.text_help })],
  lists: [],
  sets: [],
};
