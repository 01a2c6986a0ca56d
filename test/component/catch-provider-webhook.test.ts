import { githubSignature, performTrigger, SECRET, signingSecret } from "../support/trigger";

const body = '{"action":"opened","issue":{"number":7},"repository":{"id":5},"text":"größe"}';

const headers = (signature = githubSignature(body)) => ({
  "X-Hub-Signature-256": signature,
  "X-GitHub-Event": "issues",
  "X-GitHub-Delivery": "delivery-1",
  "Content-Type": "application/json",
});

const inputs = (others: Record<string, unknown> = {}) => ({
  provider: "github",
  signingSecret: signingSecret(),
  ...others,
});

const catchGithub = (received = {}, others = {}, context = {}) =>
  performTrigger(
    "catchProviderWebhook",
    { headers: headers(), body, ...received },
    inputs(others),
    context,
  );

it("delivers a verified webhook on Notification, with the parsed body and what is known of it", async () => {
  const { payload, branch, response } = await catchGithub();
  expect(branch).toBe("Notification");
  expect(response).toBeUndefined();
  expect(payload.body.data).toEqual(JSON.parse(body));
  expect(payload.delivery).toMatchObject({
    provider: "github",
    verified: true,
    secretIndex: 0,
    id: "delivery-1",
    type: "issues.opened",
    orderingKey: "5:7",
    sentAt: null,
    events: [{ id: "delivery-1", type: "issues.opened", orderingKey: "5:7" }],
  });
  expect(payload.delivery.bodyHash).toMatch(/^[0-9a-f]{64}$/);
  expect(Object.keys(payload.delivery)).toEqual([
    "provider",
    "verified",
    "secretIndex",
    "id",
    "type",
    "orderingKey",
    "sentAt",
    "receivedAt",
    "bodyHash",
    "events",
  ]);
});

it("fails the execution with the bare reason and logs what to do, when the signature does not match", async () => {
  const attempt = catchGithub({ headers: headers(githubSignature(body, "another")) });
  await expect(attempt).rejects.toThrow(/^Webhook rejected: signature-mismatch$/);
});

it("logs the detail of a rejection without secret, signature or body", async () => {
  const { logged } = await catchGithub(
    { headers: headers(githubSignature(body, "another")) },
    { onRejection: "respond" },
  );
  expect(logged).toEqual([
    "Webhook rejected: signature-mismatch. It was made with another secret, or over other bytes, than these.",
  ]);
});

it("responds 401 on the Rejected branch without any part of the body, when the builder wants that", async () => {
  const { payload, branch, response } = await catchGithub(
    { headers: headers(`sha256=${"0".repeat(64)}`) },
    { onRejection: "respond" },
  );
  expect(branch).toBe("Rejected");
  expect(response).toEqual({ statusCode: 401, contentType: "text/plain", body: "" });
  expect(payload.rawBody.data).toBeNull();
  expect(payload.body.data).toBeNull();
  expect(payload.delivery).toMatchObject({
    verified: false,
    events: [],
    rejection: { reason: "signature-mismatch" },
  });
  expect(JSON.stringify(payload)).not.toContain("opened");
});

it("accepts the previous secret during a rotation and says so", async () => {
  const connection = signingSecret({ secret: "the new one", previousSecret: SECRET });
  const { payload } = await catchGithub({}, { signingSecret: connection });
  expect(payload.delivery.secretIndex).toBe(1);
});

it.each([undefined, null, "", "  ", "null", "undefined", 0, {}, []])(
  "rejects everything when the secret is %p",
  async (secret) => {
    const forged = githubSignature(body, String(secret ?? ""));
    const attempt = catchGithub(
      { headers: headers(forged) },
      { signingSecret: signingSecret({ secret }) },
    );
    await expect(attempt).rejects.toThrow("Webhook rejected: secret-missing");
  },
);

it("blames the connection when it holds no secret", async () => {
  const attempt = catchGithub({}, { signingSecret: signingSecret({}) });
  await expect(attempt).rejects.toMatchObject({
    isSpectralError: true,
    connection: { key: "signingSecret" },
  });
});

it("rejects everything when no connection was chosen", async () => {
  await expect(catchGithub({}, { signingSecret: "" })).rejects.toThrow(
    "Webhook rejected: secret-missing",
  );
});

it.each([
  ["a Buffer", Buffer.from(body)],
  ["text", body],
  ["a Uint8Array", new Uint8Array(Buffer.from(body))],
  ["a serialised Buffer", JSON.parse(JSON.stringify(Buffer.from(body)))],
])("verifies the exact bytes handed over as %s", async (_shape, raw) => {
  const { payload } = await catchGithub({ body: raw });
  expect(payload.delivery.verified).toBe(true);
});

it("says that the bytes were lost when the platform hands over a parsed body", async () => {
  const spaced = '{ "action": "opened" }';
  const { logged } = await catchGithub(
    { headers: headers(githubSignature(spaced)), body: JSON.parse(spaced) },
    { onRejection: "respond" },
  );
  expect(logged[0]).toContain("a parsed body instead of the bytes");
});

it.each(["x-hub-signature-256", "X-HUB-SIGNATURE-256", "x-Hub-Signature-256"])(
  "reads the signature from a header spelt %s",
  async (name) => {
    const { payload } = await catchGithub({ headers: { [name]: githubSignature(body) } });
    expect(payload.delivery.verified).toBe(true);
  },
);

it("rejects two signature headers that differ only in case", async () => {
  const signature = githubSignature(body);
  const attempt = catchGithub({
    headers: { "X-Hub-Signature-256": signature, "x-hub-signature-256": signature },
  });
  await expect(attempt).rejects.toThrow("Webhook rejected: signature-malformed");
});

it("skips verification only in a simulated test of the platform, and says so", async () => {
  const { payload, branch } = await catchGithub(
    { headers: {} },
    {},
    { isSimulatedTestExecution: true },
  );
  expect(branch).toBe("Notification");
  expect(payload.delivery.verified).toBe(false);
});

it.each(["prismatic-simulated-test-execution", "prismatic-bypass-challenge", "prismatic-debug"])(
  "is not impressed by a %s header",
  async (name) => {
    await expect(catchGithub({ headers: { [name]: "true" } })).rejects.toThrow(
      "Webhook rejected: signature-missing",
    );
  },
);

it("names the input when the provider is unknown, and helps", async () => {
  const attempt = performTrigger("catchProviderWebhook", { body }, inputs({ provider: "githab" }));
  await expect(attempt).rejects.toThrow(/No provider is called "githab".*github.*Provider input/);
});

it("refuses an option that the provider does not have", async () => {
  const attempt = catchGithub({}, { options: [{ key: "webhookIdd", value: "1" }] });
  await expect(attempt).rejects.toThrow(/^Options: GitHub has no option "webhookIdd"/);
});

it.each(["0", "-1", "1.5", "NaN", "1e99", "five"])(
  "refuses a tolerance of %s, naming the input",
  async (toleranceSeconds) => {
    await expect(catchGithub({}, { toleranceSeconds })).rejects.toThrow(/^Tolerance \(Seconds\): /);
  },
);

it("refuses an endpoint URL that is not one, naming the input", async () => {
  await expect(catchGithub({}, { endpointUrl: "hooks.example.com" })).rejects.toThrow(
    /^Endpoint URL: /,
  );
});

it("keeps a shared token out of what steps see", async () => {
  const { payload } = await performTrigger(
    "catchProviderWebhook",
    {
      headers: {
        "X-Gitlab-Token": SECRET,
        "X-Gitlab-Event": "Push Hook",
        "Content-Type": "application/json",
      },
      body: "{}",
    },
    inputs({ provider: "gitlab" }),
  );
  expect(payload.delivery.verified).toBe(true);
  expect(payload.headers["X-Gitlab-Token"]).toBe("[redacted]");
  expect(JSON.stringify(payload)).not.toContain(SECRET);
});

it("delivers a verified body that is not what it claims to be", async () => {
  const broken = '{"action":';
  const { payload, branch, logged } = await catchGithub({
    headers: headers(githubSignature(broken)),
    body: broken,
  });
  expect(branch).toBe("Notification");
  expect(payload.body.data).toBe(broken);
  expect(logged).toEqual([expect.stringMatching(/^The body is delivered as text: /)]);
});

it("answers a provider's signed ping on URL Verify", async () => {
  const ping = '{"zen":"Keep it logically awesome."}';
  const { branch, response } = await catchGithub({
    headers: { ...headers(githubSignature(ping)), "X-GitHub-Event": "ping" },
    body: ping,
  });
  expect(branch).toBe("URL Verify");
  expect(response?.statusCode).toBe(200);
});

it("rejects a ping that is not signed", async () => {
  const attempt = catchGithub({ headers: { "X-GitHub-Event": "ping" }, body: "{}" });
  await expect(attempt).rejects.toThrow("Webhook rejected: signature-missing");
});

it("does not take half the headers for a secret that is a short word", async () => {
  const secret = "json";
  const connection = signingSecret({ secret });
  const { payload } = await catchGithub(
    { headers: { ...headers(githubSignature(body, secret)), Authorization: "Bearer json" } },
    { signingSecret: connection },
  );
  expect(payload.headers["Content-Type"]).toBe("application/json");
  expect(payload.headers.Authorization).toBe("[redacted]");
});

it("keeps the verify token of a challenge out of the payload", async () => {
  const token = "a-verify-token-of-mine";
  const { payload, branch, response } = await catchGithub(
    {
      headers: {},
      body: "",
      query: { "hub.mode": "subscribe", "hub.verify_token": token, "hub.challenge": "1158201444" },
    },
    { provider: "meta", signingSecret: signingSecret({ verifyToken: token }) },
  );
  expect(branch).toBe("URL Verify");
  expect(response?.body).toBe("1158201444");
  expect(payload.queryParameters?.["hub.verify_token"]).toBe("[redacted]");
});
