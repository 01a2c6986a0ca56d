import { toWorkflowName } from "../../src/providers/kinetic/workflow-names";
import { waitUntil } from "../runner/support/wait-until";
import { type KineticWorld, openWorld, readChoices } from "./kinetic-world";

const inputs = { scope: "space", events: ["Submission Submitted", "User Created"] };

let world: KineticWorld;
beforeEach(async () => {
  world = await openWorld(inputs);
});
afterEach(() => world.close());

const webhooks = async (place = ""): Promise<readonly Record<string, string>[]> =>
  (await world.call("GET", `${place}/webhooks`)).data.webhooks!;

it("002-1 calls the flow when a user is created and when a form is submitted, and for nothing else", async () => {
  await world.deploy();
  await world.fire("User Created");
  await world.fire("User Deleted");
  await world.fire("Submission Submitted");
  expect(world.events()).toMatchObject([
    { type: "User Created", orderingKey: "User:zoe@example.com" },
    { type: "Submission Submitted" },
  ]);
  expect(world.outcomes.every(({ payload }) => payload.delivery.verified)).toBe(true);
});

it("002-1 follows deploys, changes and the delete of the instance", async () => {
  await world.deploy();
  await world.deploy();
  expect(await webhooks()).toHaveLength(2);
  await world.deploy({ scope: "kapp", kappSlug: "services", events: ["Form Updated"] });
  expect(await webhooks()).toEqual([]);
  expect(await webhooks("/kapps/services")).toMatchObject([{ type: "Form", event: "Updated" }]);
  await world.fire("Form Updated");
  expect(world.events()).toMatchObject([{ type: "Form Updated" }]);
  await world.instance.delete();
  expect(await webhooks("/kapps/services")).toEqual([]);
});

it("002-2 leaves webhooks that start workflows of the platform alone", async () => {
  const theirs = {
    name: "Onboard",
    type: "User",
    event: "Created",
    filter: "",
    url: "/app/api/v2/runs?guid=1",
  };
  await world.call("POST", "/webhooks", theirs);
  await world.deploy();
  expect(await webhooks()).toHaveLength(3);
  await world.instance.delete();
  expect(await webhooks()).toMatchObject([theirs]);
});

it("002-2 refuses an endpoint that the platform would take for a workflow of its own", async () => {
  world.instance.move("/trigger/SW5zdGFuY2VGbG93Q29uZmlnOjE=");
  await expect(world.deploy()).rejects.toThrow(/^Endpoint URL: it is not an absolute URL/);
  expect(await webhooks()).toEqual([]);
});

it("002-2 keeps the secret in the webhook's URL out of the log and of the flow's data", async () => {
  await world.deploy();
  await world.fire("User Created");
  const [{ secret = "" } = {}] = world.standIn.subscriptions();
  expect(secret).toMatch(/^[0-9a-f]{64}$/);
  expect(world.outcomes).toHaveLength(1);
  expect(JSON.stringify(world.outcomes)).not.toContain(secret);
  expect(world.instance.logged.join()).not.toContain(secret);
  expect(JSON.stringify(await world.act("listWebhookJobs"))).not.toContain(secret);
});

it("002-2 refuses a call that does not know the secret", async () => {
  await world.deploy();
  const forged = world.instance.receive({ query: { token: "0".repeat(64) }, body: "{}" });
  await expect(forged).rejects.toThrow("Webhook rejected: signature-mismatch");
});

it("002-3 hands the flow the data of the action", async () => {
  await world.deploy();
  const made = await world.call("POST", "/kapps/services/forms/laptop-request/submissions", {
    coreState: "Draft",
    values: { Model: "Air" },
  });
  const { id } = made.data.submission as unknown as { id: string };
  await world.call("PUT", `/submissions/${id}`, { coreState: "Submitted" });
  await waitUntil(() => world.outcomes.length > 0);
  expect(world.outcomes[0]?.payload.body.data).toMatchObject({
    event: { type: "Submission", action: "Submitted" },
    kapp: { slug: "services" },
    form: { slug: "laptop-request" },
    submission: { id, values: { Model: "Air" } },
  });
  expect(world.events()).toMatchObject([{ orderingKey: `Submission:services:${id}` }]);
});

it("002-3 completes a delivery with the whole submission, until it is gone", async () => {
  await world.deploy({ events: ["Submission Created"] });
  const path = "/kapps/services/forms/laptop-request/submissions";
  const made = await world.call("POST", path, { values: { Model: "Air" } });
  const { id } = made.data.submission as unknown as { id: string };
  await waitUntil(() => world.outcomes.length > 0);
  const delivery = world.outcomes[0]?.payload.delivery;
  await world.call("PATCH", `/submissions/${id}`, { values: { Model: "Pro" } });
  expect(await world.act("fetchRecord", { delivery })).toMatchObject({
    record: { id, values: { Model: "Pro" }, form: { kapp: { slug: "services" } } },
    gone: false,
  });
  await world.call("DELETE", `/submissions/${id}`);
  expect(await world.act("fetchRecord", { delivery })).toEqual({ record: null, gone: true });
});

it("002-4 suggests the workflow of each event while it is chosen, and requires none", async () => {
  const choices = await readChoices(world, "kineticEvents", { scope: "space" });
  const labelOf = (key: string) => choices.find((choice) => choice.key === key)?.label;
  expect(labelOf("Submission Submitted")).toBe(
    "Submission Submitted (workflow: Submissions > [kapp-slug] > [form-slug] :: Submitted)",
  );
  expect(labelOf("Space Login Failure")).toBe("Space Login Failure");
  await world.deploy({ events: ["Space Login Failure"] });
  expect(await webhooks()).toMatchObject([{ type: "Space", event: "Login Failure" }]);
});

/** The table of the platform's page, row by row. */
const rows = [
  ["002-5", "Users Created", "User", "Created", "Users", "Created"],
  ["002-6", "Users Updated", "User", "Updated", "Users", "Updated"],
  ["002-7", "Users Deleted", "User", "Deleted", "Users", "Deleted"],
  ["002-8", "Team Created", "Team", "Created", "Teams", "Created"],
  ["002-9", "Team Updated", "Team", "Updated", "Teams", "Updated"],
  ["002-10", "Team Deleted", "Team", "Deleted", "Teams", "Deleted"],
  [
    "002-11",
    "Datastore Form Created",
    "Datastore Form",
    "Created",
    "Datastore Forms > [datastore-form-slug]",
    "Created",
  ],
  [
    "002-12",
    "Datastore Form Updated",
    "Datastore Form",
    "Updated",
    "Datastore Forms > [datastore-form-slug]",
    "Updated",
  ],
  [
    "002-13",
    "Datastore Submission Created",
    "Datastore Submission",
    "Created",
    "Datastore Submissions > [datastore-form-slug]",
    "Created",
  ],
  [
    "002-14",
    "Datastore Submission Submitted",
    "Datastore Submission",
    "Submitted",
    "Datastore Submissions > [datastore-form-slug]",
    "Submitted",
  ],
  ["002-15", "Form Created", "Form", "Created", "[kapp-slug] > [form-slug]", "Created"],
  ["002-16", "Form Updated", "Form", "Updated", "[kapp-slug] > [form-slug]", "Updated"],
  [
    "002-17",
    "Submission Created",
    "Submission",
    "Created",
    "Submissions > [kapp-slug] > [form-slug]",
    "Created",
  ],
  [
    "002-18",
    "Submission Submitted",
    "Submission",
    "Submitted",
    "Submissions > [kapp-slug] > [form-slug]",
    "Submitted",
  ],
] as const;

it.each(rows)(
  "%s %s belongs to the workflow of the convention",
  (_row, _action, type, event, group, name) => {
    expect(toWorkflowName(type, event)).toEqual({ group, name });
  },
);

it("002-5..18 is the whole convention: it names no other event", () => {
  expect(toWorkflowName("Submission", "Closed")).toBeUndefined();
  expect(toWorkflowName("Space", "Created")).toBeUndefined();
  expect(toWorkflowName("toString", "Created")).toBeUndefined();
});

it("002-19 never mixes what happens to a form with what happens to its submissions", async () => {
  await world.deploy({ events: ["Form Updated"] });
  await world.fire("Submission Updated");
  expect(world.outcomes).toEqual([]);
  await world.deploy({ events: ["Form Updated", "Submission Updated"] });
  await world.fire("Form Updated");
  await world.fire("Submission Updated");
  expect(world.events()).toMatchObject([
    { type: "Form Updated", orderingKey: "Form:services:laptop-request" },
    { type: "Submission Updated", orderingKey: expect.stringMatching(/^Submission:services:/) },
  ]);
});

it("002-20 shows each firing with its time, its URL and the data that was sent", async () => {
  await world.deploy();
  const earliest = Date.now();
  await world.fire("User Created");
  const { jobs } = (await world.act("listWebhookJobs")) as unknown as {
    jobs: readonly Record<string, string>[];
  };
  expect(jobs).toMatchObject([
    {
      event: "User Created",
      status: "Complete",
      url: world.endpoint.url,
      sent: world.outcomes[0]?.payload.body.data,
    },
  ]);
  expect(Date.parse(jobs[0]!.time!)).toBeGreaterThanOrEqual(earliest);
});

it("002-20 has a firing sent again, which is the same event for the flow", async () => {
  await world.deploy();
  await world.fire("User Created");
  const { jobs } = (await world.act("listWebhookJobs")) as unknown as { jobs: { id: string }[] };
  await world.act("retryWebhookJob", { jobId: jobs[0]!.id });
  await waitUntil(() => world.outcomes.length === 2);
  const [first, second] = world.outcomes.map(({ payload }) => payload.delivery.id);
  expect(second).toBe(first);
});

it("002-21 shows the number of the run, or of our execution, that a firing started", async () => {
  await world.call("POST", "/webhooks", {
    ...{ name: "Onboard", type: "User", event: "Created", filter: "" },
    url: "/app/api/v2/runs?guid=1",
  });
  await world.deploy();
  await world.fire("User Created");
  const { jobs } = (await world.act("listWebhookJobs")) as unknown as { jobs: object[] };
  expect(jobs).toHaveLength(2);
  expect(jobs).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ runNumber: "1431", executionId: null }),
      expect.objectContaining({ runNumber: null, executionId: expect.stringMatching(/^SW5z/) }),
    ]),
  );
});
