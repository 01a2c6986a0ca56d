import { microsoftGraph } from "../../src/providers/microsoft-graph";
import { eventsOf, receive, SECRET, toOutbound, verdictOf } from "../support/provider-deliveries";

const change = (clientState: unknown, more: object = {}) => ({
  subscriptionId: "7f105c7d",
  changeType: "created",
  resource: "Users/1/Messages/2",
  ...(clientState !== undefined && { clientState }),
  ...more,
});

const send = (...value: unknown[]) => receive(microsoftGraph, toOutbound({ body: { value } }));

describe("Microsoft Graph", () => {
  it("answers 202 when every notification carries the client state", async () => {
    const outcome = await send(change(SECRET, { id: "a" }), change(SECRET, { id: "b" }));
    expect(outcome).toMatchObject({ kind: "accepted", reply: { status: 202, body: "" } });
    expect(eventsOf(outcome).map(({ id }) => id)).toEqual(["a", "b"]);
  });

  it.each([
    ["a wrong client state", "signature-mismatch", "wrong"],
    ["no client state", "signature-missing", undefined],
    ["an empty client state", "signature-missing", ""],
    ["a client state that is no text", "signature-missing", { $ne: "" }],
  ])("refuses a notification with %s, wherever it sits", async (_name, reason, state) => {
    for (const batch of [
      [change(SECRET), change(state)],
      [change(state), change(SECRET)],
      [change(state)],
    ])
      expect(verdictOf(await send(...batch))).toBe(reason);
  });

  it.each([{}, { value: [] }, { value: "x" }, []])("refuses the body %j", async (body) => {
    expect(verdictOf(await receive(microsoftGraph, toOutbound({ body })))).toBe(
      "signature-missing",
    );
  });

  it("echoes the decoded validation token as plain text, which no browser may take for more", async () => {
    const token = "Validation: Testing client application+reachability <script>ü</script>";
    const request = toOutbound({ method: "POST", query: { validationToken: token }, body: "" });
    expect(await receive(microsoftGraph, request, { secrets: [] })).toMatchObject({
      kind: "challenge",
      reply: {
        status: 200,
        contentType: "text/plain",
        headers: { "X-Content-Type-Options": "nosniff" },
        body: token,
      },
    });
  });

  it("reads a lifecycle notification", async () => {
    const lifecycle = { clientState: SECRET, lifecycleEvent: "reauthorizationRequired" };
    expect((await send(lifecycle)).delivery.type).toBe("reauthorizationRequired");
  });
});
