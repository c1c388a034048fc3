import { expect, it } from "vitest";
import { eventsIn } from "./stream";

async function read(chunks: Uint8Array[]): Promise<unknown[]> {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });
  const events: unknown[] = [];
  for await (const event of eventsIn(body)) events.push(event);
  return events;
}

it("Events are whole wherever the stream was cut, also inside of an å", async () => {
  const whole = new TextEncoder().encode('data: {"a":"å"}\n\n: still here\ndata: {"b":2}\n\n');
  for (let cut = 0; cut <= whole.length; cut += 1) {
    const events = await read([whole.slice(0, cut), whole.slice(cut)]);
    expect(events).toEqual([{ a: "å" }, { b: 2 }]);
  }
});
