import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { keepFocus } from "./focus";

const at = (selector: string) => document.querySelector<HTMLElement>(selector)!;
const frames = () =>
  new Promise((done) =>
    requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(done))),
  );
let stop: () => void;

function put(name: string, parent = "main", id = ""): HTMLElement {
  const element = document.createElement(name);
  element.id = id;
  at(parent).append(element);
  return element;
}

beforeEach(() => {
  document.body.replaceChildren();
  put("main", "body", "main").tabIndex = -1;
  put("h1").tabIndex = -1;
  put("button", "main", "gone");
  put("button", "main", "other");
  stop = keepFocus();
});
afterEach(() => stop());

async function lose(selector = "#gone"): Promise<void> {
  at(selector).focus();
  at(selector).remove();
  await frames();
}

it("leads to the heading of the page, and scrolls nowhere", async () => {
  const focus = vi.spyOn(at("h1"), "focus");
  await lose();
  expect(at("h1")).toHaveFocus();
  expect(focus).toHaveBeenCalledWith({ preventScroll: true });
});

it("leads to the page when it has no heading yet", async () => {
  at("h1").remove();
  await lose();
  expect(at("main")).toHaveFocus();
});

it("leads to the search field where there is one", async () => {
  put("input", "main", "search");
  await lose();
  expect(at("#search")).toHaveFocus();
  expect(at("#search").tabIndex).toBe(0);
});

it("stays in a dialog that is open", async () => {
  (put("dialog") as HTMLDialogElement).showModal();
  put("h2", "dialog");
  put("i", "dialog").tabIndex = 0;
  await lose("i");
  expect(at("dialog h2")).toHaveFocus();
});

it("leaves the focus where somebody has put it meanwhile", async () => {
  at("#gone").focus();
  at("#gone").remove();
  await Promise.resolve();
  at("#other").focus();
  await frames();
  expect(at("#other")).toHaveFocus();
});

it("does nothing while what has the focus stands", async () => {
  at("#other").focus();
  at("#gone").remove();
  await frames();
  expect(at("#other")).toHaveFocus();
});

it("brings no focus to whoever left it", async () => {
  at("#gone").focus();
  at("#gone").blur();
  await Promise.resolve();
  at("#gone").remove();
  await frames();
  expect(document.body).toHaveFocus();
});

it("takes a whole part of the page that goes", async () => {
  put("form");
  put("input", "form").focus();
  at("form").remove();
  await frames();
  expect(at("h1")).toHaveFocus();
});
