import { dropbox } from "../../src/providers/dropbox";
import { eventsOf, genuine, receive, toOutbound, verdictOf } from "../support/provider-deliveries";

describe("Dropbox", () => {
  it("echoes the challenge as plain text that is not sniffed", async () => {
    const request = toOutbound({ query: { challenge: "<b>abc</b>" } });
    expect(await receive(dropbox, request, { secrets: [] })).toMatchObject({
      kind: "challenge",
      reply: {
        status: 200,
        contentType: "text/plain",
        headers: { "X-Content-Type-Options": "nosniff" },
        body: "<b>abc</b>",
      },
    });
  });

  it("verifies what has a body, whatever its query says", async () => {
    const request = toOutbound({ query: { challenge: "abc" }, body: {} });
    expect(verdictOf(await receive(dropbox, request))).toBe("signature-missing");
  });

  it("makes an event of each account that changed", async () => {
    const body = { list_folder: { accounts: ["dbid:A", "dbid:B"] }, delta: { users: [1, 2] } };
    const outcome = await receive(dropbox, await genuine(dropbox, "list_folder", { body }));
    const events = eventsOf(outcome);
    expect(events.map(({ type, orderingKey }) => [type, orderingKey])).toEqual([
      ["list_folder", "dbid:A"],
      ["list_folder", "dbid:B"],
    ]);
    expect(new Set(events.map(({ id }) => id)).size).toBe(2);
    expect(outcome.delivery.events[0]?.data).toBe("dbid:A");
  });
});
