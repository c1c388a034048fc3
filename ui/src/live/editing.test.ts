import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { beforeEach, expect, it, vi } from "vitest";
import Typing from "../test/Typing.svelte";
import type { Target } from "./editing.svelte";

type Call = [command: string, args: Record<string, unknown>];

const calls: Call[] = [];
let answers: Record<string, (args: Record<string, unknown>) => unknown> = {};

vi.mock("../backend", async (original) => ({
  ...(await original<typeof import("../backend")>()),
  backend: {
    call: (command: string, args: Record<string, unknown>) => {
      calls.push([command, args]);
      try {
        return Promise.resolve(answers[command]?.(args));
      } catch (error) {
        return Promise.reject(error as Error);
      }
    },
    listen: () => undefined,
  },
}));

const target: Target = {
  form: {
    kind: "playbook",
    fields: [{ name: "title", type: "line", label: "Rubrik" }],
    lists: [],
    sets: [],
  },
  draftKey: "playbook:lvm",
  key: "playbook:lvm",
  heads: ["h1"],
  view: { title: "LVM" },
};

const of = (command: string) => calls.filter(([name]) => name === command).map(([, args]) => args);
const type = (value: string) =>
  fireEvent.input(screen.getByLabelText("Rubrik"), { target: { value } });

beforeEach(() => {
  calls.length = 0;
  answers = {
    drafts: () => [],
    edit_item: () => ({ key: "playbook:lvm", heads: ["h2"], changed: true }),
  };
});

it("What is typed becomes a private draft without a click, on the heads that were read", async () => {
  render(Typing, { props: { target } });
  await type("LVM, akut");
  await waitFor(() => expect(screen.getByRole("status")).toHaveTextContent("drafted"));
  expect(of("save_draft")).toMatchObject([
    { key: "playbook:lvm", field: "title", text: "LVM, akut", heads: ["h1"] },
  ]);
  expect(of("edit_item")).toEqual([]);
});

it("Saving sends only what was changed and then drops the draft", async () => {
  render(Typing, { props: { target } });
  await type("LVM, akut");
  await fireEvent.click(screen.getByText("Spara"));
  await waitFor(() => expect(screen.getByRole("status")).toHaveTextContent("saved"));
  expect(of("edit_item")).toMatchObject([
    { heads: ["h1"], edits: [{ edit: "set", field: "title", value: "LVM, akut" }] },
  ]);
  expect(of("drop_drafts")).toHaveLength(1);
});

it("A save that fails loses nothing: the text stays, the draft is kept, and it says why", async () => {
  answers["edit_item"] = () => {
    throw Object.assign(new Error("disk_full"), { code: "disk_full" });
  };
  render(Typing, { props: { target } });
  await type("LVM, akut");
  await fireEvent.click(screen.getByText("Spara"));
  await waitFor(() => expect(screen.getByTestId("failure")).toHaveTextContent("disk_full"));
  expect(screen.getByLabelText("Rubrik")).toHaveValue("LVM, akut");
  expect(of("drop_drafts")).toEqual([]);
  expect(screen.getByRole("status")).toHaveTextContent("open");
});

it("A draft of another window is offered, and taken up on the heads that it was typed on", async () => {
  answers["drafts"] = () => [
    { field: "title", window: "other", heads: ["h0"], text: "LVM från bilen", updated_at: 1 },
  ];
  answers["head"] = () => ({ heads: ["h1"], updated_by: { title: "Anna" } });
  render(Typing, { props: { target } });
  await fireEvent.click(await screen.findByText("Fortsätt"));
  expect(screen.getByLabelText("Rubrik")).toHaveValue("LVM från bilen");
  await waitFor(() => expect(screen.getByTestId("changed")).toHaveTextContent("Anna"));
  await fireEvent.click(screen.getByText("Spara"));
  await waitFor(() => expect(screen.getByRole("status")).toHaveTextContent("saved"));
  expect(of("edit_item")).toMatchObject([{ heads: ["h0"] }]);
  const dropped = () => of("drop_drafts").map((args) => args["window"]);
  await waitFor(() => expect(dropped()).toContain("other"));
});

it("A draft that is thrown away leaves the others", async () => {
  answers["drafts"] = () => [
    { field: "title", window: "a", heads: ["h1"], text: "A", updated_at: 1 },
    { field: "title", window: "b", heads: ["h1"], text: "B", updated_at: 2 },
  ];
  render(Typing, { props: { target } });
  await fireEvent.click((await screen.findAllByText("Kasta"))[0]!);
  await waitFor(() => expect(screen.getAllByText("Fortsätt")).toHaveLength(1));
  expect(of("drop_drafts")).toMatchObject([{ window: "b" }]);
});

const refusal = (level: "stop" | "ask") => () => {
  const hit = {
    path: "title",
    finding: "personal_number",
    level,
    start: 0,
    end: 11,
    rewording: [{ start: 0, end: 11, text: "[personnummer borttaget]" }],
    fingerprint: "f1",
  };
  throw Object.assign(new Error("personal_data"), { code: "personal_data", args: { hits: [hit] } });
};

it("A save that the guard stops keeps the text, and one click puts in the rewording", async () => {
  answers["edit_item"] = refusal("stop");
  answers["check_text"] = () => [];
  render(Typing, { props: { target } });
  await type("811218-9876 ringde");
  await fireEvent.click(screen.getByText("Spara"));
  expect(await screen.findByTestId("open")).toHaveTextContent("personal_number");
  expect(screen.getByLabelText("Rubrik")).toHaveValue("811218-9876 ringde");
  expect(of("drop_drafts")).toEqual([]);
  await fireEvent.click(screen.getByText("Ersätt"));
  expect(screen.getByLabelText("Rubrik")).toHaveValue("[personnummer borttaget] ringde");
  await waitFor(() => expect(screen.queryByTestId("open")).toBeNull());
});

it("What the writer chooses to keep goes with the next save, and nothing before that", async () => {
  answers["edit_item"] = refusal("ask");
  render(Typing, { props: { target } });
  await type("8112189876 ringde");
  await fireEvent.click(screen.getByText("Spara"));
  await fireEvent.click(await screen.findByText("Behåll"));
  await waitFor(() => expect(screen.queryByTestId("open")).toBeNull());
  answers["edit_item"] = () => ({ key: "playbook:lvm", heads: ["h2"], changed: true });
  await fireEvent.click(screen.getByText("Spara"));
  await waitFor(() => expect(of("edit_item")).toHaveLength(2));
  expect(of("edit_item").map((args) => args["accepted"])).toEqual([
    [],
    [{ fingerprint: "f1", because: "not_a_person" }],
  ]);
});

it("The guard is asked about what is typed, and not again about the same", async () => {
  answers["check_text"] = () => [];
  render(Typing, { props: { target } });
  await type("LVM, akut");
  await waitFor(() => expect(of("check_text")).toHaveLength(1));
  expect(of("check_text")).toMatchObject([
    { kind: "playbook", key: "playbook:lvm", path: "title", text: "LVM, akut" },
  ]);
});

it("What a form needs is asked for before anything is sent, and the rest is written along", async () => {
  answers["create_item"] = () => ({ key: "playbook:ny", heads: ["h1"], changed: true });
  const fixed: Target["fixed"] = ({ fields }) => [
    { edit: "set", field: "also_called", value: `Kort om ${String(fields["title"])}` },
  ];
  const fresh = { ...target, key: null, heads: [], view: {}, needs: ["title"], fixed };
  render(Typing, { props: { target: fresh } });
  await waitFor(() => expect(screen.getByRole("status")).toHaveTextContent("open"));
  await fireEvent.click(screen.getByText("Spara"));
  await waitFor(() => expect(screen.getByTestId("failure")).toHaveTextContent("rejected"));
  expect(of("create_item")).toEqual([]);
  await type("LVM");
  await fireEvent.click(screen.getByText("Spara"));
  await waitFor(() => expect(screen.getByRole("status")).toHaveTextContent("saved"));
  expect(of("create_item")[0]?.["edits"]).toEqual([
    { edit: "set", field: "also_called", value: "Kort om LVM" },
    { edit: "set", field: "title", value: "LVM" },
  ]);
});

it("Without a name nothing goes along that says who wrote, and the guard knows", async () => {
  answers["check_text"] = () => [];
  const fixed: Target["fixed"] = [
    { edit: "set", field: "owner", value: "municipality:dorotea" },
    { edit: "set", field: "also_called", value: "Kort" },
  ];
  const fresh = {
    ...target,
    key: null,
    heads: [],
    view: {},
    fixed,
    nameless: ["title", "also_called"],
  };
  render(Typing, { props: { target: fresh } });
  await waitFor(() => expect(screen.getByRole("status")).toHaveTextContent("open"));
  await fireEvent.click(screen.getByLabelText("Utan namn"));
  await type("Hur gör ni?");
  await waitFor(() => expect(of("check_text").at(-1)).toMatchObject({ anonymous: true }));
  await fireEvent.click(screen.getByText("Spara"));
  await waitFor(() => expect(of("post_anonymous")).toHaveLength(1));
  expect(of("create_item")).toEqual([]);
  expect(of("post_anonymous")[0]).toMatchObject({
    kind: "playbook",
    edits: [
      { edit: "set", field: "also_called", value: "Kort" },
      { edit: "set", field: "title", value: "Hur gör ni?" },
    ],
  });
});
