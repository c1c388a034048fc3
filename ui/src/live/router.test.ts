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
