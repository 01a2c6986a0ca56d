import { trello } from "../../src/providers/trello";
import { genuine, receive, toOutbound, verdictOf } from "../support/provider-deliveries";

describe("Trello", () => {
  it.each(["HEAD", "GET", "POST"])(
    "answers the empty %s before a webhook exists",
    async (method) => {
      const outcome = await receive(trello, toOutbound({ method }), { secrets: [] });
      expect(outcome).toMatchObject({ kind: "challenge", reply: { status: 200, body: "" } });
    },
  );

  it("covers the URL as it was registered", async () => {
    const request = await genuine(trello, "updateCard");
    const elsewhere = { ...request, url: `${request.url}?x=1` };
    expect(verdictOf(await receive(trello, request))).toBe("accepted");
    expect(verdictOf(await receive(trello, elsewhere))).toBe("signature-mismatch");
  });
});
