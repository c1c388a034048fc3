import { ask, fields } from "../messages/sv";
import type { Form, Value } from "./form";
import { field } from "./forms";

const words = fields.question;
const required = { required: true };
const reach = field("contact_road", "line", words.contact_road, { help: words.contact_road_help });
const area = field("area", "ref", words.area, { of: ["area"] });

/** One field is enough; the rest is folded. */
export const questionForm: Form = {
  kind: "question",
  fields: [
    field("text", "prose", words.text, required),
    field("more", "prose", words.more, { help: words.more_help }),
    area,
    reach,
  ],
  lists: [],
  sets: [{ name: "labels", label: words.labels, of: "label" }],
};

/** A request for experience: no text about a case. */
export const experienceForm: Form = {
  kind: "question",
  fields: [
    { ...area, ...required },
    { ...reach, ...required },
  ],
  lists: [],
  sets: [],
};

/** Second eyes: no text about a case. */
export const secondEyesForm: Form = {
  kind: "question",
  fields: [
    field("asked", "ref", words.asked, { ...required, of: ["member"] }),
    { ...area, ...required },
    field("wished_time", "line", words.wished_time),
    reach,
  ],
  lists: [],
  sets: [],
};

/** What of a published question can be changed, by its form. The area says what it is about. */
export function changingForm(form: string): Form {
  if (form === "question" || form === "unknown") return questionForm;
  const of = form === "second_eyes" ? secondEyesForm : experienceForm;
  return { ...of, fields: of.fields.filter(({ name }) => !["area", "asked"].includes(name)) };
}

const text = field("text", "prose", fields.answer.text, required);

export const answerForm: Form = {
  kind: "answer",
  fields: [text, field("our_way", "flag", fields.answer.our_way)],
  lists: [],
  sets: [],
};

/** What asks, adds or says yes: no office's way. */
export const remarkForm: Form = { ...answerForm, fields: [text] };

export const askOtherForm: Form = {
  ...answerForm,
  fields: [text, field("member", "ref", fields.answer.member, { of: ["member"] })],
};

/** What can be written on a question page, by the word in its address. */
export const WRITINGS = {
  svar: { form: "answer", label: ask.answerTitle },
  annan: { form: "other_experience", label: ask.otherTitle },
  erbjud: { form: "answer", label: ask.offerTitle },
  till: { form: "follow_up", label: ask.followUpTitle },
  vidare: { form: "ask_further", label: ask.furtherTitle },
  har: { form: "answer", label: ask.replyTitle },
  ja: { form: "yes", label: ask.yes },
  senare: { form: "later", label: ask.later },
  nagon: { form: "ask_other", label: ask.askOther },
} as const;

export type Writing = keyof typeof WRITINGS;

export function isWriting(word: string | null): word is Writing {
  return word !== null && word in WRITINGS;
}

const GIVEN: Partial<Record<Writing, string>> = {
  ja: ask.yesText,
  senare: ask.laterText,
  nagon: ask.askOtherText,
};

/** The form of what is written, its one text named after what it is. */
export function writingForm(writing: Writing): Form {
  const isWay = writing === "svar" || writing === "annan";
  const of = isWay ? answerForm : writing === "nagon" ? askOtherForm : remarkForm;
  const [first, ...rest] = of.fields;
  return { ...of, fields: first ? [{ ...first, label: WRITINGS[writing].label }, ...rest] : [] };
}

/** What stands in it from the beginning; may be rewritten. */
export function writingGiven(writing: Writing): Record<string, Value> {
  const given = GIVEN[writing];
  return given ? { text: given } : {};
}
