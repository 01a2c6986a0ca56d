import { paypal } from "../../src/providers/paypal";
import { forgetFetchedKeys } from "../../src/signatures/fetched-keys";
import { genuine, receive, verdictOf } from "../support/provider-deliveries";
import { createRsaKey } from "../support/rsa-key";

const { publicKey, privateKey } = createRsaKey();
const TYPE = "PAYMENT.SALE.COMPLETED";
const CERTIFICATE_URL = "https://api.paypal.com/v1/notifications/certs/CERT-1";

const delivery = async (certificateUrl = CERTIFICATE_URL) => {
  const request = await genuine(paypal, TYPE, { secret: privateKey });
  return { ...request, headers: { ...request.headers, "paypal-cert-url": certificateUrl } };
};

beforeEach(forgetFetchedKeys);

describe("PayPal", () => {
  it("verifies with the certificate from PayPal, fetched once", async () => {
    const fetchText = jest.fn(async () => publicKey);
    const settings = { secrets: [], fetchText };
    const outcome = await receive(paypal, await delivery(), settings);
    expect(outcome).toMatchObject({ kind: "accepted", delivery: { secretIndex: null } });
    await receive(paypal, await delivery(), settings);
    expect(fetchText.mock.calls).toEqual([[CERTIFICATE_URL]]);
  });

  it("verifies with a certificate that was given as the secret, and fetches nothing", async () => {
    const outcome = await receive(paypal, await delivery(), { secrets: [publicKey] });
    expect(outcome).toMatchObject({ kind: "accepted", delivery: { secretIndex: 0 } });
  });

  it.each([
    "https://evil.example.com/v1/notifications/certs/CERT-1",
    "https://api.paypal.com.evil.example.com/v1/notifications/certs/CERT-1",
    "https://api.paypal.com@evil.example.com/v1/notifications/certs/CERT-1",
    "https://api.paypal.com:8443/v1/notifications/certs/CERT-1",
    "http://api.paypal.com/v1/notifications/certs/CERT-1",
    "https://api.paypal.com/v1/notifications/certs/../../files/mine",
    "https://api.paypal.com/v1/notifications/certs/CERT-1?url=https://evil.example.com",
    "https://www.paypal.com/v1/notifications/certs/CERT-1",
    "not a URL",
  ])("never fetches a certificate from %s", async (certificateUrl) => {
    const fetchText = jest.fn(async () => publicKey);
    const outcome = await receive(paypal, await delivery(certificateUrl), {
      secrets: [],
      fetchText,
    });
    expect(verdictOf(outcome)).toBe("key-unavailable");
    expect(fetchText).not.toHaveBeenCalled();
  });

  it.each([
    ["nothing", "signature-missing", {}],
    ["the id of another webhook", "signature-mismatch", { webhookId: "0EH40505U7160970P" }],
  ])("refuses a delivery when webhookId is %s", async (_name, reason, options) => {
    const outcome = await receive(paypal, await delivery(), { secrets: [publicKey], options });
    expect(verdictOf(outcome)).toBe(reason);
  });

  it.each(["paypal-transmission-id", "paypal-transmission-time"])(
    "refuses a delivery whose %s was changed",
    async (name) => {
      const request = await delivery();
      const forged = { ...request, headers: { ...request.headers, [name]: "changed" } };
      expect(verdictOf(await receive(paypal, forged, { secrets: [publicKey] }))).toBe(
        "signature-mismatch",
      );
    },
  );

  it("says so when what PayPal served is not a certificate", async () => {
    const settings = { secrets: [], fetchText: async () => "<html>Sorry</html>" };
    expect(verdictOf(await receive(paypal, await delivery(), settings))).toBe("key-unavailable");
  });
});
