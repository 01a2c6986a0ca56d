import { createHmac } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createInstance } from "../support/instance";

type Instance = ReturnType<typeof createInstance>;

const SECRET = "b537207f20cbfa02357cf448134da559e8bd39d61597dcd5631b8012eae53e81";
const WEBHOOK = "1210000000000001";

let instance: Instance;
let server: Server;
let target: URL | undefined;
/** What the endpoint made of the handshake that came while create was still open. */
let handshake: { status: number | undefined; echoed: string | undefined } | undefined;

const shake = async (secret: string, query: Record<string, string>) => {
  const { response, branch } = await instance.receive({
    headers: { "X-Hook-Secret": secret },
    query,
  });
  return { status: response?.statusCode, echoed: response?.headers?.["x-hook-secret"], branch };
};

const queryOf = (url: URL | undefined) => Object.fromEntries(url?.searchParams ?? []);

/** Asana's part: it hands the secret over, and makes the webhook only if it comes back. */
const answerCreate = async (body: string): Promise<{ status: number; data: unknown }> => {
  target = new URL(JSON.parse(body).data.target);
  const { status, echoed } = await shake(SECRET, queryOf(target));
  handshake = { status, echoed };
  if (echoed !== SECRET) return { status: 400, data: { errors: [{ message: "No handshake." }] } };
  const data = { gid: WEBHOOK, active: true, target: target.href };
  return { status: 201, data: { data, "X-Hook-Secret": SECRET } };
};

beforeEach(async () => {
  target = undefined;
  handshake = undefined;
  server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const { status, data } =
      request.method === "POST"
        ? await answerCreate(body)
        : { status: 200, data: { data: [], next_page: null } };
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify(data));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  instance = createInstance({
    trigger: "asanaWebhook",
    params: {
      connection: {
        key: "providerApi",
        configVarKey: "Asana API",
        fields: { baseUrl: `http://127.0.0.1:${port}`, token: "1/1200:0123456789abcdef" },
      },
      workspace: "1199000000000001",
      resources: ["1337"],
      events: [],
      onRejection: "respond",
    },
  });
});
afterEach(() => {
  jest.useRealTimers();
  server.closeAllConnections();
  server.close();
});

it("answers the handshake while create is open and nothing is saved, and verifies with its secret afterwards", async () => {
  await instance.run("onInstanceDeploy");
  expect(handshake).toEqual({ status: 200, echoed: SECRET });
  const body = JSON.stringify({
    events: [{ action: "changed", resource: { gid: "1337", resource_type: "task" } }],
  });
  const headers = {
    "X-Hook-Signature": createHmac("sha256", SECRET).update(body).digest("hex"),
  };
  const { payload, branch } = await instance.receive({ headers, query: queryOf(target), body });
  expect(branch).toBe("Notification");
  expect(payload.delivery).toMatchObject({ verified: true, type: "task.changed" });
});

it("refuses a stranger's handshake before, during and after the set-up", async () => {
  const stranger = "a-secret-of-somebody-else";
  expect(await shake(stranger, {})).toMatchObject({ status: 403, branch: "Rejected" });
  await instance.run("onInstanceDeploy");
  const { "hookline-setup": _pass, ...withoutPass } = queryOf(target);
  expect(await shake(stranger, withoutPass)).toMatchObject({ status: 403, branch: "Rejected" });
  const forged = {
    ...withoutPass,
    "hookline-setup": `${Date.now().toString(36)}.${"0".repeat(64)}`,
  };
  expect(await shake(stranger, forged)).toMatchObject({ status: 403, branch: "Rejected" });
});

it("lets a pass through for two minutes, and for no other flow", async () => {
  await instance.run("onInstanceDeploy");
  const query = queryOf(target);
  const other = { ...query, hookline: "0".repeat(16) };
  expect(await shake("another", other)).toMatchObject({ status: 403 });
  jest.useFakeTimers({ now: Date.now() + 121_000, doNotFake: ["nextTick", "setImmediate"] });
  expect(await shake("another", query)).toMatchObject({ status: 403 });
});

it("accepts no delivery that is signed with a secret that only came in a handshake", async () => {
  await instance.run("onInstanceDeploy");
  await shake("another", queryOf(target));
  const body = "{}";
  const headers = {
    "X-Hook-Signature": createHmac("sha256", "another").update(body).digest("hex"),
  };
  const { branch } = await instance.receive({ headers, query: queryOf(target), body });
  expect(branch).toBe("Rejected");
});
