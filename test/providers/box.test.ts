import { createHmac } from "node:crypto";
import { box } from "../../src/providers/box";
import { genuine, receive, SECRET, verdictOf } from "../support/provider-deliveries";

const TYPE = "FILE.UPLOADED";

const sign = (content: string, secret = SECRET) =>
  createHmac("sha256", secret).update(content).digest("base64");

describe("Box", () => {
  it.each(["primary", "secondary"])(
    "takes the %s signature, whichever key it fits",
    async (which) => {
      const { headers, ...request } = await genuine(box, TYPE);
      const { "box-signature-primary": right = "", ...others } = headers;
      const both = {
        ...others,
        "box-signature-primary": sign("other"),
        "box-signature-secondary": sign("other"),
        [`box-signature-${which}`]: right,
      };
      const outcome = await receive(box, { ...request, headers: both });
      expect(outcome).toMatchObject({ kind: "accepted", delivery: { secretIndex: 0 } });
      const rotated = { secrets: ["new key", SECRET] };
      expect(await receive(box, { ...request, headers: both }, rotated)).toMatchObject({
        delivery: { secretIndex: 1 },
      });
    },
  );

  it("takes a signature over the body with its non-ASCII characters escaped", async () => {
    const request = await genuine(box, TYPE, {
      body: '{"id":"1","trigger":"FILE.UPLOADED","source":{"name":"Ü 🚀.docx"}}',
    });
    const time = request.headers["box-delivery-timestamp"];
    const escaped =
      '{"id":"1","trigger":"FILE.UPLOADED","source":{"name":"\\u00dc \\ud83d\\ude80.docx"}}';
    const headers = { ...request.headers, "box-signature-primary": sign(escaped + time) };
    expect(verdictOf(await receive(box, { ...request, headers }))).toBe("accepted");
  });

  it("takes the id from the body, because the header's changes with every retry", async () => {
    const { headers, ...request } = await genuine(box, TYPE);
    const retried = { ...request, headers: { ...headers, "box-delivery-id": "another" } };
    const first = await receive(box, { ...request, headers });
    expect((await receive(box, retried)).delivery.id).toBe(first.delivery.id);
  });

  it("allows ten minutes", async () => {
    const request = await genuine(box, TYPE);
    const receivedAfter = (seconds: number) =>
      receive(box, request, { now: new Date(Date.parse("2026-03-01T10:00:05Z") + seconds * 1000) });
    expect(verdictOf(await receivedAfter(600))).toBe("accepted");
    expect(verdictOf(await receivedAfter(601))).toBe("timestamp-outside-tolerance");
  });
});
