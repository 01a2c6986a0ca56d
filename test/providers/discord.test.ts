import { generateKeyPairSync } from "node:crypto";
import { discord } from "../../src/providers/discord";
import { eventsOf, genuine, receive } from "../support/provider-deliveries";

const pair = generateKeyPairSync("ed25519");
const privateKey = pair.privateKey.export({ type: "pkcs8", format: "pem" }).toString();
const publicKey = pair.publicKey.export({ type: "spki", format: "der" }).subarray(-32);
const secrets = [publicKey.toString("hex")];

const send = async (body: unknown) => {
  const request = await genuine(discord, "2", { body, secret: privateKey });
  return receive(discord, request, { secrets });
};

describe("Discord", () => {
  it.each([
    ["interactions", { type: 1, id: "1" }, 200, '{"type":1}'],
    ["webhook events", { type: 0, version: 1 }, 204, ""],
  ])("answers the ping of %s as JSON", async (_name, body, status, answer) => {
    expect(await send(body)).toMatchObject({
      kind: "challenge",
      reply: { status, contentType: "application/json", body: answer },
    });
  });

  it("does not take a webhook event, whose outer type is 1 as well, for a ping", async () => {
    const outcome = await send({ type: 1, event: { type: "ENTITLEMENT_CREATE", data: {} } });
    expect(outcome).toMatchObject({ kind: "accepted", reply: { status: 204, body: "" } });
    expect(outcome.delivery.type).toBe("ENTITLEMENT_CREATE");
  });

  it.each([
    ["a command", 2, { type: 5 }],
    ["a component", 3, { type: 6 }],
    ["an autocomplete", 4, { type: 8, data: { choices: [] } }],
    ["a modal", 5, { type: 5 }],
  ])("answers %s so that the flow can answer later", async (_name, type, answer) => {
    const outcome = await send({ type, id: "77", guild_id: "g", data: {} });
    expect("reply" in outcome && outcome.reply).toMatchObject({
      status: 200,
      contentType: "application/json",
      body: JSON.stringify(answer),
    });
    expect(eventsOf(outcome)).toEqual([{ id: "77", type: String(type), orderingKey: "g" }]);
  });

  it.each(["x-signature-ed25519", "x-signature-timestamp"])(
    "answers 401 with an empty body when %s is wrong or missing",
    async (name) => {
      const request = await genuine(discord, "2", { body: { type: 1 }, secret: privateKey });
      const { [name]: value = "", ...without } = request.headers;
      const shifted = /^\d{10}$/.test(value) ? String(Number(value) + 1) : value.replace(/^./, "0");
      const wrong = { ...without, [name]: shifted === value ? value.replace(/^./, "1") : shifted };
      for (const headers of [without, wrong]) {
        const outcome = await receive(discord, { ...request, headers }, { secrets });
        expect(outcome).toMatchObject({ kind: "rejected", reply: { status: 401, body: "" } });
      }
    },
  );
});
