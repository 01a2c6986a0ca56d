import { readLimitedText } from "../../src/http/read-limited-text";

const MEGABYTE = 1024 * 1024;

describe("readLimitedText", () => {
  it("reads up to the limit, as UTF-8", async () => {
    expect(await readLimitedText(new Response("Zoë"), 4)).toBe("Zoë");
  });

  it("reads nothing of an answer without a body", async () => {
    expect(await readLimitedText(new Response(null), 4)).toBe("");
  });

  it("refuses one byte more, and says how much is taken", async () => {
    const answer = new Response(Buffer.alloc(MEGABYTE + 1));
    await expect(readLimitedText(answer, MEGABYTE)).rejects.toThrow(
      "the answer is larger than 1 MB",
    );
  });

  it("stops at the limit, however much is still to come", async () => {
    let sent = 0;
    const endless = new ReadableStream({
      pull: (controller) => {
        sent += 1;
        controller.enqueue(new Uint8Array(MEGABYTE));
      },
    });
    await expect(readLimitedText(new Response(endless), 2 * MEGABYTE)).rejects.toThrow(RangeError);
    expect(sent).toBeLessThan(6);
  });
});
