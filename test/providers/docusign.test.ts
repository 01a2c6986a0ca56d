import { docusign } from "../../src/providers/docusign";
import { genuine, receive, sampleOf, verdictOf } from "../support/provider-deliveries";

const TYPE = "envelope-completed";

describe("DocuSign", () => {
  it.each([1, 2, 57, 100])("finds the matching signature in header %d", async (number) => {
    const { headers, ...request } = await genuine(docusign, TYPE);
    const { "x-docusign-signature-1": right = "", ...others } = headers;
    const decoys = Object.fromEntries(
      Array.from({ length: 100 }, (_, index) => [
        `x-docusign-signature-${index + 1}`,
        Buffer.alloc(32, index).toString("base64"),
      ]),
    );
    const all = { ...others, ...decoys, [`x-docusign-signature-${number}`]: right };
    expect(verdictOf(await receive(docusign, { ...request, headers: all }))).toBe("accepted");
  });

  it("does not read a hundred-and-first", async () => {
    const { headers, ...request } = await genuine(docusign, TYPE);
    const { "x-docusign-signature-1": right = "", ...others } = headers;
    const moved = { ...others, "x-docusign-signature-101": right };
    expect(verdictOf(await receive(docusign, { ...request, headers: moved }))).toBe(
      "signature-missing",
    );
  });

  it("keeps the id over retries, which count themselves in the body", async () => {
    const idOf = async (retryCount: number) => {
      const body = { ...(sampleOf(docusign, TYPE).body as object), retryCount };
      const request = await genuine(docusign, TYPE, { body });
      return (await receive(docusign, request)).delivery.id;
    };
    expect(await idOf(3)).toBe(await idOf(0));
  });
});
