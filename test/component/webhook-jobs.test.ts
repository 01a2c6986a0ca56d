import { component } from "@prismatic-io/spectral";
import { listWebhookJobs } from "../../src/component/actions/list-webhook-jobs";
import { retryWebhookJob } from "../../src/component/actions/retry-webhook-job";
import { readJob } from "../../src/providers/kinetic/webhook-jobs";
import { kinetic } from "../../src/stand-ins/kinetic";
import { type RunningStandIn, startStandIn } from "../../src/stand-ins/start-stand-in";
import { waitUntil } from "../runner/support/wait-until";
import { serveApi } from "../support/api-server";
import { type Endpoint, openEndpoint } from "../support/endpoint";
import { answer, type ReceivedCall } from "../support/subscription-world";

type Perform = (context: object, params: object) => Promise<{ data: never }>;

/** As the platform calls them: with raw inputs, which spectral cleans. */
const { actions } = component({
  key: "jobs",
  public: false,
  display: { label: "Jobs", description: "Jobs", iconPath: "" },
  actions: { listWebhookJobs, retryWebhookJob },
  connections: [],
}) as unknown as { actions: Record<string, { perform: Perform }> };

const logger = { info: () => undefined, warn: () => undefined };

interface Listed {
  readonly jobs: readonly ReturnType<typeof readJob>[];
  readonly isComplete: boolean;
}

let endpoint: Endpoint;
let standIn: RunningStandIn;
let reply: { readonly status: number; readonly body: string };

beforeEach(async () => {
  reply = { status: 200, body: '{"executionId":"SW5zdGFuY2U6MQ=="}' };
  endpoint = await openEndpoint();
  endpoint.answer(() => reply);
  standIn = await startStandIn(kinetic, { port: 0 });
});
afterEach(async () => {
  await standIn.close();
  await endpoint.close();
});

const bodies = () => endpoint.requests.map(({ body }) => body);

const connectionTo = (fields: Record<string, unknown>) => ({
  key: "kinetic",
  configVarKey: "Kinetic",
  fields,
});

const act = async (action: string, params: object = {}, fields: object = standIn.connection) =>
  (
    await actions[action]!.perform(
      { logger },
      { connection: connectionTo({ ...fields }), ...params },
    )
  ).data;
const list = (params: object = {}): Promise<Listed> => act("listWebhookJobs", params);
const retry = (jobId: string, params: object = {}): Promise<ReturnType<typeof readJob>> =>
  act("retryWebhookJob", { jobId, ...params });

const urlWithSecret = () => `${endpoint.url}?hookline=0a&token=secret-token`;

/** What a person makes in the console. */
const make = (name: string, url: string, path = "") =>
  fetch(`${standIn.connection.baseUrl}/app/api/v1${path}/webhooks`, {
    method: "POST",
    headers: {
      authorization: `Basic ${Buffer.from(`${standIn.connection.username}:${standIn.connection.password}`).toString("base64")}`,
      "content-type": "application/json",
    },
    body: JSON.stringify({ name, type: "Submission", event: "Submitted", filter: "", url }),
  });

const submit = (count = 1) =>
  standIn.burst(Array.from({ length: count }, () => ({ event: "Submission Submitted" })));

describe("listing webhook jobs", () => {
  it("tells when each fired, where to without the secret, what was sent, what was answered", async () => {
    await make("orders", urlWithSecret());
    await submit();
    const { jobs, isComplete } = await list();
    expect(isComplete).toBe(true);
    expect(jobs).toEqual([
      {
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        webhook: "orders",
        event: "Submission Submitted",
        status: "Complete",
        summary: "200 OK",
        time: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T.*Z$/),
        url: endpoint.url,
        sent: JSON.parse(bodies()[0]!),
        answer: { executionId: "SW5zdGFuY2U6MQ==" },
        retryCount: 0,
        runNumber: null,
        executionId: "SW5zdGFuY2U6MQ==",
      },
    ]);
    expect(JSON.stringify(jobs)).not.toContain("secret-token");
  });

  it("tells the number of the run that a workflow of the platform started", async () => {
    await make("workflow", "/app/api/v2/runs?guid=2e0f049e");
    await submit();
    const { jobs } = await list();
    expect(jobs).toMatchObject([{ url: "/app/api/v2/runs", runNumber: "1431", executionId: null }]);
  });

  it("lists those of the space or of one kapp, and of one webhook", async () => {
    await make("orders", urlWithSecret());
    await make("others", urlWithSecret());
    await make("in the kapp", urlWithSecret(), "/kapps/services");
    await submit();
    const namesOf = async (params: object) =>
      (await list(params)).jobs.map(({ webhook }) => webhook).sort();
    expect(await namesOf({})).toEqual(["orders", "others"]);
    expect(await namesOf({ scope: "kapp", kappSlug: "services" })).toEqual(["in the kapp"]);
    expect(await namesOf({ webhook: "others" })).toEqual(["others"]);
  });

  it("follows the pages up to the limit, and says whether there are more", async () => {
    await make("orders", urlWithSecret());
    await submit(120);
    expect(await list({ limit: "110" })).toMatchObject({ isComplete: false });
    expect((await list({ limit: "110" })).jobs).toHaveLength(110);
    expect((await list({ limit: "120" })).jobs).toHaveLength(120);
    expect(await list({ limit: "120" })).toMatchObject({ isComplete: true });
    expect((await list()).jobs).toHaveLength(25);
  });

  it("finds the failed ones", async () => {
    await make("orders", urlWithSecret());
    await submit();
    reply = { status: 503, body: "busy" };
    await submit();
    const { jobs } = await list({ status: "Failed" });
    expect(jobs).toMatchObject([
      { status: "Failed", summary: "503 Service Unavailable", answer: "busy", executionId: null },
    ]);
    expect((await list({ status: "Complete" })).jobs).toHaveLength(1);
  });

  it("finds those of a span of time", async () => {
    await make("orders", urlWithSecret());
    await submit();
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
    expect((await list({ from: tomorrow })).jobs).toEqual([]);
    expect((await list({ to: tomorrow })).jobs).toHaveLength(1);
    expect((await list({ to: "2020-01-01T00:00:00+01:00" })).jobs).toEqual([]);
  });
});

describe("retrying a webhook job", () => {
  it("has the platform send the same body once more", async () => {
    await make("orders", urlWithSecret());
    reply = { status: 500, body: "" };
    await submit();
    const [failed] = (await list()).jobs;
    reply = { status: 200, body: '{"executionId":"SW5zdGFuY2U6Mg=="}' };
    expect(await retry(failed!.id)).toMatchObject({ status: "Queued", retryCount: 1 });
    await waitUntil(() => bodies().length === 2);
    expect(bodies()[1]).toBe(bodies()[0]);
  });

  it("says where to look when there is no such job there", async () => {
    await make("in the kapp", urlWithSecret(), "/kapps/services");
    await submit();
    const [job] = (await list({ scope: "kapp", kappSlug: "services" })).jobs;
    await expect(retry(job!.id)).rejects.toThrow(/answered 404\. Kapp Slug, Job ID: /);
    expect(await retry(job!.id, { scope: "kapp", kappSlug: "services" })).toMatchObject({
      id: job!.id,
    });
  });
});

describe("what cannot work", () => {
  it.each([
    [{ scope: "kapp" }, /^Kapp Slug: /],
    [{ scope: "team" }, /^Scope: /],
    [{ status: "Lost" }, /^Status: /],
    [{ from: "yesterday" }, /^From: /],
    [{ to: "2026-13-45" }, /^To: /],
    [{ limit: "0" }, /^Limit: .*1 to 1000/],
    [{ limit: "many" }, /^Limit: /],
  ])("is told by the input's name: %j", async (params, message) => {
    await expect(list(params)).rejects.toThrow(message);
  });

  it("asks for the job", async () => {
    await expect(retry(" ")).rejects.toThrow(/^Job ID: /);
  });

  it("is the connection's fault where the password is wrong, and repeats it nowhere", async () => {
    const fields = { ...standIn.connection, password: "a-wrong-password" };
    const error = await act("listWebhookJobs", {}, fields).catch((thrown) => thrown);
    expect(error.name).toBe("ConnectionError");
    expect(error.message).toMatch(/answered 401/);
    expect(error.message).not.toContain("a-wrong-password");
  });

  it("is the connection's fault where nobody listens", async () => {
    const fields = { ...standIn.connection, baseUrl: "http://127.0.0.1:9/kinetic/acme" };
    const error = await act("retryWebhookJob", { jobId: "1" }, fields).catch((thrown) => thrown);
    expect(error.name).toBe("ConnectionError");
  });

  it("is the connection's fault where another server answers", async () => {
    const server = await serveApi({ handle: () => answer(200, "<html>Welcome</html>") });
    const fields = { ...standIn.connection, baseUrl: server.url };
    for (const action of ["listWebhookJobs", "retryWebhookJob"]) {
      const error = await act(action, { jobId: "1" }, fields).catch((thrown) => thrown);
      expect(error.name).toBe("ConnectionError");
      expect(error.message).toMatch(/^Base URL: /);
    }
    await server.close();
  });
});

describe("a platform with ways of its own", () => {
  const job = (id: number, status: string) => ({ id: `job-${id}`, status });
  const ask = async (
    handle: (call: ReceivedCall) => unknown,
    params: object,
  ): Promise<Listed & { readonly calls: readonly ReceivedCall[] }> => {
    const server = await serveApi({ handle: (call) => answer(200, handle(call)) });
    const fields = { ...standIn.connection, baseUrl: server.url };
    const data = (await act("listWebhookJobs", params, fields)) as unknown as Listed;
    await server.close();
    return { ...data, calls: server.calls };
  };

  it("may ignore the status that was asked for", async () => {
    const { jobs, calls } = await ask(
      () => ({ webhookJobs: [job(1, "Complete"), job(2, "Failed")], nextPageToken: null }),
      { status: "Failed" },
    );
    expect(jobs.map(({ id }) => id)).toEqual(["job-2"]);
    expect(calls[0]?.query).toEqual({ limit: "100", status: "failed" });
  });

  it("is asked for times as it wants them, and not for a status that it cannot filter by", async () => {
    const { calls } = await ask(() => ({ webhookJobs: [] }), {
      status: "In Progress",
      from: "2026-04-08T02:35:35.925Z",
      to: "2026-04-09T00:00",
    });
    expect(calls[0]?.query).toEqual({
      limit: "100",
      start: "2026-04-08T02:35:35Z",
      end: "2026-04-09T00:00:00Z",
    });
  });

  it("may repeat a page for ever", async () => {
    const { jobs, isComplete } = await ask(
      () => ({ webhookJobs: [job(1, "Complete")], nextPageToken: "again" }),
      {},
    );
    expect(jobs.length).toBeLessThanOrEqual(2);
    expect(isComplete).toBe(false);
  });

  it("may have pages without end", async () => {
    let count = 0;
    const { calls, isComplete } = await ask(
      () => {
        count += 1;
        return { webhookJobs: [job(count, "Complete")], nextPageToken: String(count) };
      },
      { status: "Failed" },
    );
    expect(calls).toHaveLength(20);
    expect(isComplete).toBe(false);
  });
});

describe("a recorded job", () => {
  it.each([
    ['{"messageType":"success","message":"Initiated run #1430.","runId":"1430"}', "1430"],
    ['{"runId":1430}', "1430"],
    ["Initiated run #77.", "77"],
    ['{"message":"Run #78 was started"}', "78"],
    ['{"executionId":"SW5z"}', null],
    ["", null],
  ])("is read for its run number: %s", (responseContent, expected) => {
    expect(readJob({ responseContent }).runNumber).toBe(expected);
  });

  it.each([
    [{ type: "User", event: "User Created" }, "User Created"],
    [{ type: "User", event: "Created" }, "User Created"],
    [{ event: "Created" }, "Created"],
  ])("names its event in both parts: %j", (job, expected) => {
    expect(readJob(job).event).toBe(expected);
  });

  it("shows no query and no user of any URL in it", () => {
    const url = "https://me:pw@hooks.example.com/trigger/a?token=secret#x";
    const job = readJob({ url, summary: `refused: ${url}`, responseContent: `no ${url} here` });
    expect(job).toMatchObject({
      url: "https://hooks.example.com/trigger/a",
      summary: "refused: https://hooks.example.com/trigger/a",
      answer: "no https://hooks.example.com/trigger/a here",
    });
    expect(JSON.stringify(job)).not.toMatch(/secret|pw/);
  });

  it("is empty rather than wrong where the platform recorded nothing", () => {
    expect(readJob({})).toEqual({
      ...{ id: "", webhook: "", event: "", status: "", summary: "", time: "", url: "" },
      ...{ sent: "", answer: "", retryCount: 0, runNumber: null, executionId: null },
    });
  });
});
