import { kinetic as provider } from "../../src/providers/kinetic";
import { KINETIC_JOB_STATUSES } from "../../src/providers/kinetic/webhook-jobs";
import { kinetic } from "../../src/stand-ins/kinetic";
import { KINETIC_EVENTS, KINETIC_PAYLOADS } from "../../src/stand-ins/kinetic/events";
import { type RunningStandIn, startStandIn } from "../../src/stand-ins/start-stand-in";
import { describeStandIn } from "../contracts/stand-in";
import { waitUntil } from "../runner/support/wait-until";
import { type Endpoint, openEndpoint } from "../support/endpoint";
import { createSubscriber } from "../support/subscriber";

const SUBMITTED = "Submission Submitted";

const toBasic = (username = "", password = ""): string =>
  `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;

describeStandIn({
  standIn: kinetic,
  event: SUBMITTED,
  otherPayload: { ...KINETIC_PAYLOADS[SUBMITTED], submission: { id: "another" } },
  maximumAttempts: 1,
  headers: { "content-type": /^application\/json$/ },
  createSubscriber: createSubscriber(provider, {
    ...{ scope: "space", kappSlug: "", events: [SUBMITTED], filter: "", enabled: true },
  }),
  callApi: (url, credentials) => {
    const { baseUrl, username, password } = kinetic.connection(url);
    const known = credentials === "right" ? password : "wrong";
    return fetch(`${baseUrl}/app/api/v1/me`, {
      headers: { authorization: toBasic(username, known) },
    });
  },
  refusedStatus: 401,
});

/** What the answers hold that the tests look into. */
interface Answer {
  readonly username: string;
  readonly correlationId: string;
  readonly kapps: readonly unknown[];
  readonly Form: readonly string[];
  readonly webhook: Record<string, unknown>;
  readonly webhooks: readonly unknown[];
  readonly submission: { readonly id: string };
  readonly webhookJob: Job;
  readonly webhookJobs: readonly Job[];
  readonly nextPageToken: string | null;
}

interface Job {
  readonly id: string;
  readonly name: string;
  readonly event: string;
  readonly status: string;
  readonly summary: string;
  readonly scheduledAt: string;
  readonly responseContent: string;
}

let endpoint: Endpoint;
let standIn: RunningStandIn;
let status: number;

beforeEach(async () => {
  status = 200;
  endpoint = await openEndpoint();
  endpoint.answer(() => ({ status, body: "taken", headers: { location: "/elsewhere" } }));
  standIn = await startStandIn(kinetic, { port: 0 });
});
afterEach(async () => {
  await standIn.close();
  await endpoint.close();
});

const bodies = () => endpoint.requests.map(({ body }) => body);

const call = async (
  method: string,
  path: string,
  { json, password = standIn.connection.password }: { json?: unknown; password?: string } = {},
) => {
  const { baseUrl, username } = standIn.connection;
  const response = await fetch(`${baseUrl}/app/api/v1${path}`, {
    method,
    headers: {
      authorization: toBasic(username, password),
      "content-type": "application/json",
    },
    ...(json !== undefined && { body: JSON.stringify(json) }),
  });
  return { status: response.status, data: (await response.json()) as Answer };
};

const webhook = (more: object = {}) => ({
  ...{ name: "My Webhook", type: "Submission", event: "Submitted", filter: "", url: endpoint.url },
  ...more,
});
const make = (more: object = {}, place = "") =>
  call("POST", `${place}/webhooks`, { json: webhook(more) });
const jobs = async (query = "", place = ""): Promise<readonly Job[]> =>
  (await call("GET", `${place}/webhookJobs${query}`)).data.webhookJobs;

describe("the API", () => {
  it("wants HTTP Basic on every call, and tells who one is", async () => {
    const refused = await call("GET", "/me", { password: "wrong" });
    expect(refused).toMatchObject({ status: 401, data: { statusCode: 401 } });
    expect(refused.data.correlationId).toMatch(/^[0-9a-f-]{36}$/);
    expect((await call("GET", "/me")).data.username).toBe(standIn.connection.username);
  });

  it("is one space among others, in the path", async () => {
    const elsewhere = standIn.connection.baseUrl!.replace("acme", "other");
    expect((await fetch(`${elsewhere}/app/api/v1/me`)).status).toBe(404);
  });

  it.each(["space", "kapp"] as const)("lists the types and events of a %s", async (scope) => {
    const { data: events } = await call("GET", `/meta/webhooks/events/${scope}`);
    expect(events).toEqual(KINETIC_EVENTS[scope]);
    expect((await call("GET", `/meta/webhooks/types/${scope}`)).data).toEqual(Object.keys(events));
    const ofForms = await call("GET", `/meta/webhooks/events/${scope}/Form`);
    expect(ofForms.data).toEqual(events.Form);
    expect((await call("GET", `/meta/webhooks/events/${scope}/Odd`)).data).toEqual([]);
  });

  it("lists the kapps", async () => {
    const { data } = await call("GET", "/kapps");
    expect(data.kapps).toContainEqual({ slug: "services", name: "services" });
  });

  it.each(["/nothing", "/meta/webhooks/events/team", "/kapps/nowhere/webhooks", "/constructor"])(
    "knows nothing at %s",
    async (path) => {
      expect(await call("GET", path)).toMatchObject({ status: 404, data: { statusCode: 404 } });
    },
  );
});

describe("webhooks", () => {
  it.each(["", "/kapps/services"])(
    "are made, read, changed and removed by name, at '%s'",
    async (place) => {
      const made = await make({}, place);
      expect(made).toEqual({
        status: 200,
        data: { webhook: { authStrategy: null, ...webhook() } },
      });
      const path = `${place}/webhooks/My%20Webhook`;
      expect((await call("GET", path)).data).toEqual(made.data);
      const changed = await call("PUT", path, { json: { filter: "x" } });
      expect(changed.data.webhook).toEqual({ ...made.data.webhook, filter: "x" });
      expect((await call("GET", `${place}/webhooks`)).data.webhooks).toEqual([
        changed.data.webhook,
      ]);
      expect((await call("DELETE", path)).data).toEqual(changed.data);
      for (const method of ["GET", "PUT", "DELETE"])
        expect((await call(method, path)).status).toBe(404);
    },
  );

  it("have a name once in the space and once in each kapp", async () => {
    expect((await make()).status).toBe(200);
    expect((await make({}, "/kapps/services")).status).toBe(200);
    expect((await make({}, "/kapps/admin")).status).toBe(200);
    expect(await make()).toMatchObject({
      status: 400,
      data: { statusCode: 400, errorKey: "uniqueness_violation" },
    });
  });

  it("need a type, and take any event without a word", async () => {
    expect(await make({ type: "" })).toMatchObject({
      status: 400,
      data: { error: "Type must not be blank" },
    });
    expect((await make({ event: "Submit" })).status).toBe(200);
    await standIn.fire(SUBMITTED);
    expect(bodies()).toEqual([]);
  });
});

describe("firing", () => {
  it("posts JSON with event and space, and nothing that tells one delivery from another", async () => {
    await make();
    await standIn.fire(SUBMITTED);
    expect(endpoint.requests).toMatchObject([{ headers: { "content-type": "application/json" } }]);
    expect(JSON.parse(bodies()[0]!)).toEqual(KINETIC_PAYLOADS[SUBMITTED]);
  });

  it.each(Object.keys(KINETIC_PAYLOADS))("can be %s", async (event) => {
    const [type, ...words] = event.split(" ");
    await make({ type, event: words.join(" ") });
    const [report] = await standIn.fire(event);
    expect(report).toMatchObject({ outcome: "delivered" });
    expect(JSON.parse(bodies()[0]!).event).toMatchObject({ type, action: words.join(" ") });
  });

  it("happens in the space for every kapp, and in a kapp for its own", async () => {
    await make({ name: "of the space" });
    await make({ name: "of the kapp" }, "/kapps/services");
    await make({ name: "of another" }, "/kapps/admin");
    await standIn.fire(SUBMITTED);
    const names = [...(await jobs("?all=true"))].map(({ name }) => name).sort();
    expect(names).toEqual(["of the kapp", "of the space"]);
  });

  it("does not happen where the filter is never true", async () => {
    await make({ filter: "false" });
    expect(await standIn.fire(SUBMITTED)).toEqual([]);
  });

  it("goes through the API as well: made as submitted is Created, a draft that is submitted is Submitted, PATCH is silent", async () => {
    for (const event of ["Created", "Submitted", "Updated", "Deleted"])
      await make({ name: event, event });
    const path = "/kapps/services/forms/laptop-request/submissions";
    await call("POST", path, { json: { coreState: "Submitted" } });
    const draft = await call("POST", path, { json: { values: { Model: "Air" } } });
    const at = `/submissions/${draft.data.submission.id}`;
    await call("PUT", at, { json: { coreState: "Submitted" } });
    await call("PATCH", at, { json: { values: { Model: "Pro" } } });
    expect((await call("GET", at)).data.submission).toMatchObject({
      coreState: "Submitted",
      values: { Model: "Pro" },
    });
    await call("PUT", at, { json: { values: { Color: "red" } } });
    await call("DELETE", at);
    expect((await call("GET", at)).status).toBe(404);
    const fired = [...(await jobs())].reverse().map(({ event }) => event);
    expect(fired).toEqual(
      ["Created", "Created", "Submitted", "Updated", "Deleted"].map((e) => `Submission ${e}`),
    );
    await waitUntil(() => bodies().length === fired.length);
  });
});

describe("webhook jobs", () => {
  const lastJob = async () => (await jobs())[0]!;

  it("record what was sent and what was answered", async () => {
    await make();
    await standIn.fire(SUBMITTED);
    expect(await lastJob()).toMatchObject({
      ...{ name: "My Webhook", type: "Submission", event: SUBMITTED },
      ...{ status: "Complete", summary: "200 OK", url: endpoint.url, retryCount: 0 },
      ...{ requestContent: bodies()[0], responseContent: "taken", scopeType: "Space" },
    });
  });

  it.each([
    [500, "500 Internal Server Error"],
    [302, "302 Found"],
  ])("count status %s as failed, and are not retried by themselves", async (given, summary) => {
    status = given;
    await make();
    const [report] = await standIn.fire(SUBMITTED);
    expect(report?.attempts).toHaveLength(1);
    expect(await lastJob()).toMatchObject({ status: "Failed", summary, retryCount: 0 });
  });

  it("record a failure below HTTP too", async () => {
    await make({ url: "http://127.0.0.1:9/" });
    await standIn.fire(SUBMITTED);
    const job = await lastJob();
    expect(job).toMatchObject({ status: "Failed", responseContent: null });
    expect(job.summary).not.toBe("");
  });

  it("send nothing to other machines", async () => {
    await make({ url: "https://hooks.example.com/trigger" });
    await standIn.fire(SUBMITTED);
    expect(await lastJob()).toMatchObject({ status: "Cancelled" });
  });

  it("start a run where the URL leads to the platform's own workflows", async () => {
    await make({ url: "/app/api/v2/runs?guid=1" });
    await standIn.fire(SUBMITTED);
    const { status: state, responseContent } = await lastJob();
    expect(state).toBe("Complete");
    expect(JSON.parse(responseContent)).toEqual({
      ...{ messageType: "success", message: "Initiated run #1431.", runId: "1431" },
    });
  });

  it("send the same again when they are put to Queued", async () => {
    status = 500;
    await make();
    await standIn.fire(SUBMITTED);
    const { id } = await lastJob();
    status = 200;
    const queued = await call("PUT", `/webhookJobs/${id}`, { json: { status: "Queued" } });
    expect(queued.data.webhookJob).toMatchObject({ id, status: "Queued", retryCount: 1 });
    await waitUntil(() => standIn.reports().length === 2);
    expect(bodies()[1]).toBe(bodies()[0]);
    expect(await jobs()).toMatchObject([{ id, status: "Complete", retryCount: 1 }]);
  });

  it("are found by webhook, status, place and time, newest first, in pages of 25", async () => {
    await make();
    await make({ name: "Other" }, "/kapps/services");
    await standIn.burst(Array.from({ length: 30 }, () => ({ event: SUBMITTED })));
    expect(await jobs()).toHaveLength(25);
    expect(await jobs("?limit=1000")).toHaveLength(30);
    const first = (await call("GET", "/webhookJobs?limit=20")).data;
    const second = (await call("GET", `/webhookJobs?limit=20&pageToken=${first.nextPageToken}`))
      .data;
    const ids = [...first.webhookJobs, ...second.webhookJobs].map(({ id }) => id);
    expect(new Set(ids).size).toBe(30);
    expect(second.nextPageToken).toBeNull();
    expect(await jobs("?webhook=Other")).toEqual([]);
    expect(await jobs("?webhook=Other", "/kapps/services")).toHaveLength(25);
    expect(await jobs("?all=true&limit=1000")).toHaveLength(60);
    expect(await jobs("?status=failed")).toEqual([]);
    expect(await jobs("?start=2999-01-01T00:00:00Z")).toEqual([]);
    expect(await jobs("?end=2999-01-01T00:00:00Z")).toHaveLength(25);
    const times = (await jobs()).map(({ scheduledAt }) => scheduledAt);
    expect(times).toEqual([...times].sort().reverse());
  });

  it("are read, forgotten and missed by id, each at its own place", async () => {
    await make();
    await standIn.fire(SUBMITTED);
    const { id } = await lastJob();
    expect((await call("GET", `/kapps/services/webhookJobs/${id}`)).status).toBe(404);
    const read = await call("GET", `/webhookJobs/${id}`);
    expect(KINETIC_JOB_STATUSES).toContain(read.data.webhookJob.status);
    const unchanged = await call("PUT", `/webhookJobs/${id}`, { json: { status: "Odd" } });
    expect(unchanged.data).toEqual(read.data);
    await call("DELETE", `/webhookJobs/${id}`);
    expect((await call("GET", `/webhookJobs/${id}`)).status).toBe(404);
  });
});
