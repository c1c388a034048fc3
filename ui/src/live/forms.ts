import {
  CARD_KINDS,
  CONTACT_KINDS,
  DUTIES,
  FORCES,
  LEVELS,
  PARTS,
  SOURCES,
  fields,
} from "../messages/sv";
import type { Choice, Field, FieldType, Form, ListForm } from "./form";

export function choices(words: Record<string, string>): Choice[] {
  const known = Object.entries(words).filter(([value]) => value !== "unknown");
  return known.map(([value, label]) => ({ value, label }));
}

export function field(
  name: string,
  type: FieldType,
  label: string,
  more: Partial<Field> = {},
): Field {
  return { name, type, label, ...more };
}

const required = { required: true };

const ground: Field[] = [
  field("source", "choice", fields.ground.source, { choices: choices(SOURCES) }),
  field("statute", "line", fields.ground.statute, { help: fields.ground.statute_help }),
  field("checked", "date", fields.ground.checked),
  field("valid_from", "date", fields.ground.valid_from),
  field("valid_to", "date", fields.ground.valid_to),
  field("unverified", "flag", fields.ground.unverified),
];

const steps: ListForm = {
  name: "steps",
  label: fields.step.list,
  add: fields.step.add,
  max: 60,
  fields: [
    field("text", "prose", fields.step.text, required),
    field("force", "choice", fields.step.force, { ...required, choices: choices(FORCES) }),
    field("first_day", "flag", fields.step.first_day),
    ...ground,
    field("if_missing", "prose", fields.step.if_missing),
  ],
};

const statements: ListForm = {
  name: "statements",
  label: fields.statement.list,
  add: fields.statement.add,
  max: 120,
  fields: [
    field("text", "prose", fields.statement.text, required),
    field("word", "line", fields.statement.word),
    field("part", "choice", fields.statement.part, { ...required, choices: choices(PARTS) }),
    ...ground,
    field("contact", "ref", fields.statement.contact, { of: ["external_contact", "resource"] }),
  ],
};

const deadlines: ListForm = {
  name: "deadlines",
  label: fields.deadline.list,
  add: fields.deadline.add,
  max: 30,
  fields: [
    field("name", "line", fields.deadline.name, required),
    field("length", "length", fields.deadline.length, required),
    field("start", "line", fields.deadline.start),
    ...ground,
    field("missed", "prose", fields.deadline.missed),
  ],
};

const sources: ListForm = {
  name: "sources",
  label: fields.source.list,
  add: fields.source.add,
  max: 7,
  fields: [
    field("title", "line", fields.source.title, required),
    field("why", "line", fields.source.why),
    field("web", "web", fields.source.web),
    field("unverified", "flag", fields.source.unverified),
  ],
};

const done: ListForm = {
  name: "done",
  label: fields.done.list,
  add: fields.done.add,
  max: 60,
  fields: [
    field("municipality", "ref", fields.done.municipality, {
      ...required,
      of: ["municipality"],
      noFou: true,
    }),
    field("year", "year", fields.done.year, required),
  ],
};

export const cardForm: Form = {
  kind: "playbook",
  fields: [
    field("title", "line", fields.card.title, required),
    field("playbook", "choice", fields.card.playbook, {
      ...required,
      choices: choices(CARD_KINDS),
    }),
    field("area", "ref", fields.card.area, { of: ["area"] }),
    field("also_called", "prose", fields.card.also_called, { help: fields.card.also_called_help }),
    field("notice", "prose", fields.card.notice),
    field("notice_law", "line", fields.card.notice_law),
    field("notice_from", "date", fields.card.notice_from),
    field("owner_role", "line", fields.card.owner_role, { help: fields.card.owner_role_help }),
    field("owner_member", "ref", fields.card.owner_member, { of: ["member"] }),
    field("deputy_role", "line", fields.card.deputy_role),
    field("deputy_member", "ref", fields.card.deputy_member, { of: ["member"] }),
    field("review_on", "date", fields.card.review_on),
    field("reviewed_on", "date", fields.card.reviewed_on),
    field("draft", "flag", fields.card.draft),
  ],
  lists: [steps, deadlines, statements, sources, done],
  sets: [{ name: "labels", label: fields.card.labels, of: "label" }],
};

/** What a new card begins with; the rest is written in the editor. The lists hold what is taken
 *  from another card. */
export const newCardForm: Form = {
  kind: "playbook",
  fields: cardForm.fields.slice(0, 4),
  lists: [steps, statements],
  sets: [],
};

const areas = { name: "areas", label: fields.contact.areas, of: "area" } as const;
const labels = { name: "labels", label: fields.contact.labels, of: "label" } as const;

const owner = field("owner", "ref", fields.member.owner, { of: ["municipality"] });

const profile: Field[] = [
  field("title", "line", fields.member.title, required),
  field("role", "line", fields.member.role),
  owner,
  field("office", "ref", fields.member.office, { of: ["office"] }),
  field("phone", "line", fields.member.phone),
  field("email", "email", fields.member.email),
  field("call_me", "flag", fields.member.call_me),
  field("consult_when", "line", fields.member.consult_when, {
    help: fields.member.consult_when_help,
  }),
  field("deputy", "ref", fields.member.deputy, { of: ["member"] }),
  field("duty", "choice", fields.member.duty, { choices: choices(DUTIES) }),
  field("duty_until", "date", fields.member.duty_until),
  field("about", "prose", fields.member.about),
];

const experience: ListForm = {
  name: "experience",
  label: fields.member.experience,
  add: fields.member.addExperience,
  max: 60,
  fields: [
    field("area", "ref", fields.member.area, { ...required, of: ["area"] }),
    field("level", "choice", fields.member.level, { ...required, choices: choices(LEVELS) }),
    field("year", "year", fields.member.year),
    field("note", "line", fields.member.note),
  ],
};

const away: ListForm = {
  name: "away",
  label: fields.member.away,
  add: fields.member.addAway,
  max: 40,
  fields: [
    field("from", "date", fields.member.from, required),
    field("to", "date", fields.member.to, required),
  ],
};

const spans = {
  name: "municipalities",
  label: fields.member.municipalities,
  of: "municipality",
} as const;

/** One's own page. */
export const meForm: Form = {
  kind: "member",
  fields: profile,
  lists: [experience, away],
  sets: [spans],
};

/** A colleague's: her lines of experience are hers to write. */
export const memberForm: Form = { kind: "member", fields: profile, lists: [away], sets: [spans] };

export const newMemberForm: Form = {
  kind: "member",
  fields: profile.filter(({ name }) => !["deputy", "duty", "duty_until", "about"].includes(name)),
  lists: [],
  sets: [],
};

export const officeForm: Form = {
  kind: "office",
  fields: [
    field("title", "line", fields.office.title, required),
    owner,
    field("phone", "line", fields.office.phone),
    field("email", "email", fields.office.email),
    field("hours", "line", fields.office.hours),
    field("paused", "flag", fields.office.paused),
    field("paused_from", "date", fields.office.paused_from),
    field("paused_to", "date", fields.office.paused_to),
    field("paused_note", "line", fields.office.paused_note),
  ],
  lists: [
    {
      name: "reserves",
      label: fields.office.reserves,
      add: fields.office.addReserve,
      max: 60,
      fields: [
        field("area", "ref", fields.office.area, { ...required, of: ["area"] }),
        field("office", "ref", fields.office.office, { ...required, of: ["office"] }),
      ],
    },
  ],
  sets: [{ ...spans, label: fields.office.municipalities }],
};

export const pauseForm: Form = {
  kind: "office",
  fields: officeForm.fields.filter(({ name }) => name.startsWith("paused")),
  lists: [],
  sets: [],
};

export const contactForm: Form = {
  kind: "external_contact",
  fields: [
    field("title", "line", fields.contact.title, required),
    field("contact", "choice", fields.contact.contact, {
      ...required,
      choices: choices(CONTACT_KINDS),
    }),
    field("subject", "prose", fields.contact.subject),
    field("phone", "line", fields.contact.phone),
    field("hours", "line", fields.contact.hours),
    field("email", "email", fields.contact.email),
    field("sdk", "line", fields.contact.sdk),
    field("web", "web", fields.contact.web),
    field("cost", "line", fields.contact.cost),
    field("note", "prose", fields.contact.note),
    field("verified_on", "date", fields.contact.verified_on),
    field("unverified", "line", fields.contact.unverified),
  ],
  lists: [],
  sets: [areas, labels],
};

export const resourceForm: Form = {
  kind: "resource",
  fields: [
    field("title", "line", fields.resource.title, required),
    field("about", "prose", fields.resource.about),
    field("place", "line", fields.resource.place, { help: fields.resource.place_help }),
    field("referral", "prose", fields.resource.referral),
    field("phone", "line", fields.resource.phone),
    field("alternative", "prose", fields.resource.alternative),
    field("cost", "line", fields.resource.cost),
    field("verified_on", "date", fields.resource.verified_on),
  ],
  lists: [
    {
      name: "travel",
      label: fields.resource.travel,
      add: fields.resource.addTravel,
      max: 60,
      fields: [
        field("office", "ref", fields.resource.office, { ...required, of: ["office"] }),
        field("km", "number", fields.resource.km),
        field("minutes", "number", fields.resource.minutes),
      ],
    },
  ],
  sets: [areas, labels],
};

export const noteForm: Form = {
  kind: "note",
  fields: [
    field("title", "line", fields.note.title, required),
    field("body", "text", fields.note.body),
    field("area", "ref", fields.note.area, { of: ["area"] }),
  ],
  lists: [],
  sets: [labels],
};

export const variantForm: Form = {
  kind: "variant",
  fields: [
    field("text", "prose", fields.variant.text, required),
    field("agreed_on", "date", fields.variant.agreed_on, { help: fields.variant.agreed_on_help }),
    field("present", "line", fields.variant.present, { help: fields.variant.present_help }),
  ],
  lists: [],
  sets: [],
};

export const deviationForm: Form = {
  kind: "deviation",
  fields: [
    field("text", "prose", fields.deviation.text, required),
    field("reason", "prose", fields.deviation.reason),
    field("year", "year", fields.deviation.year),
  ],
  lists: [],
  sets: [],
};

export const municipalityForm: Form = {
  kind: "municipality",
  fields: [
    field("title", "line", fields.municipality.title, required),
    field("form", "choice", fields.municipality.form, {
      ...required,
      choices: choices(fields.municipality.forms),
    }),
    field("code", "line", fields.municipality.code),
    field("population", "number", fields.municipality.population),
    field("population_on", "date", fields.municipality.population_on),
    field("court", "line", fields.municipality.court),
    field("organisation", "line", fields.municipality.organisation),
    field("local_knowledge", "prose", fields.municipality.local_knowledge),
  ],
  lists: [],
  sets: [],
};

export const areaForm: Form = {
  kind: "area",
  fields: [
    field("title", "line", fields.area.title, required),
    field("about", "prose", fields.area.about),
  ],
  lists: [],
  sets: [{ name: "labels", label: fields.area.labels, of: "label" }],
};

export const labelForm: Form = {
  kind: "label",
  fields: [
    field("title", "line", fields.label.title, required),
    field("contact", "ref", fields.label.contact, {
      of: ["external_contact"],
      help: fields.label.contact_help,
    }),
  ],
  lists: [],
  sets: [],
};
