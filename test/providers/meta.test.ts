import { meta } from "../../src/providers/meta";
import { eventsOf, genuine, receive, toOutbound, verdictOf } from "../support/provider-deliveries";

const verify = (token: string, settings: Parameters<typeof receive>[2], mode = "subscribe") =>
  receive(
    meta,
    toOutbound({
      query: { "hub.mode": mode, "hub.challenge": "1158201444", "hub.verify_token": token },
    }),
    settings,
  );

describe("Meta", () => {
  it("answers the challenge when the verify token is right", async () => {
    expect(await verify("mine", { verifyToken: "mine" })).toMatchObject({
      kind: "challenge",
      reply: { status: 200, contentType: "text/plain", body: "1158201444" },
    });
  });

  it.each([
    ["is wrong", "claim-mismatch", { verifyToken: "mine" }, "theirs"],
    ["is empty", "claim-mismatch", { verifyToken: "mine" }, ""],
    ["was never set", "secret-missing", {}, "mine"],
    ["was set to a placeholder", "secret-missing", { verifyToken: "undefined" }, "undefined"],
  ])("answers 403 when the verify token %s", async (_name, reason, settings, token) => {
    expect(await verify(token, settings)).toMatchObject({
      kind: "rejected",
      reason,
      reply: { status: 403, body: "" },
    });
  });

  it("echoes nothing for another mode", async () => {
    expect(verdictOf(await verify("mine", { verifyToken: "mine" }, "unsubscribe"))).toBe(
      "signature-missing",
    );
  });

  it("makes an event of each entry, with the message's id where there is one", async () => {
    const body = {
      object: "whatsapp_business_account",
      entry: [
        {
          id: "10",
          changes: [{ field: "messages", value: { messages: [{ id: "wamid.A", from: "4179" }] } }],
        },
        {
          id: "10",
          changes: [
            { field: "messages", value: { statuses: [{ id: "wamid.A", status: "read" }] } },
          ],
        },
      ],
    };
    const outcome = await receive(meta, await genuine(meta, "page.feed", { body }));
    const type = "whatsapp_business_account.messages";
    expect(eventsOf(outcome)).toEqual([
      { id: "wamid.A", type, orderingKey: "4179" },
      { id: "wamid.A:read", type, orderingKey: "10" },
    ]);
  });

  it("tells apart two changes of one page in one second", async () => {
    const change = { id: "10", time: 1520383571, changes: [{ field: "feed", value: {} }] };
    const body = { object: "page", entry: [change, change] };
    const outcome = await receive(meta, await genuine(meta, "page.feed", { body }));
    expect(new Set(eventsOf(outcome).map(({ id }) => id)).size).toBe(2);
  });
});
