import { fields } from "../messages/sv";
import type { Form } from "./form";
import { field } from "./forms";

const words = fields.bulletin;

export const bulletinForm: Form = {
  kind: "bulletin",
  fields: [
    field("title", "line", words.title, { required: true }),
    field("body", "text", words.body),
    field("from", "date", words.from, { required: true }),
    field("statute", "line", words.statute, { help: words.statute_help }),
    field("source", "line", words.source),
    field("web", "web", words.web),
  ],
  lists: [],
  sets: [
    { name: "playbooks", label: words.playbooks, of: "playbook" },
    { name: "labels", label: words.labels, of: "label" },
  ],
};
