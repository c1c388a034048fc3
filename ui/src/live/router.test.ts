import { afterEach, expect, test, vi } from "vitest";
import { router, startRouter } from "./router.svelte";

afterEach(() => vi.restoreAllMocks());

test("a page is shown though the browser does not keep where it was scrolled to", async () => {
  startRouter();
  vi.spyOn(history, "replaceState").mockImplementation(() => {
    throw new DOMException("more than 100 times per 10 seconds", "SecurityError");
  });
  const arrived = new Promise((done) => addEventListener("hashchange", done, { once: true }));
  location.hash = "#/krets/borttaget";
  await arrived;
  expect(router.route).toMatchObject({ page: "krets", name: "borttaget" });
});

test("whoever goes on by key before the page was scrolled is left where she is", async () => {
  const scroll = vi.spyOn(window, "scrollTo").mockImplementation(() => undefined);
  const frames: FrameRequestCallback[] = [];
  vi.spyOn(window, "requestAnimationFrame").mockImplementation((frame) => frames.push(frame));
  const paint = () => frames.splice(0).forEach((frame) => frame(0));
  const arrive = async (hash: string) => {
    const arrived = new Promise((done) => addEventListener("hashchange", done, { once: true }));
    location.hash = hash;
    await arrived;
  };
  await arrive("#/etiketter");
  paint();
  paint();
  expect(scroll).toHaveBeenCalledTimes(1);
  await arrive("#/personer");
  paint();
  dispatchEvent(new KeyboardEvent("keydown", { key: "Tab" }));
  paint();
  expect(scroll).toHaveBeenCalledTimes(1);
});
