import type { ApiRequest } from "../../../src/http/api-request";
import { kinetic } from "../../../src/providers/kinetic";
import { kinetic as kineticStandIn } from "../../../src/stand-ins/kinetic";
import { toMark } from "../../../src/subscriptions/endpoint";
import type { Settings } from "../../../src/subscriptions/setting";
import type { ApiSubscription } from "../../../src/subscriptions/subscription";
import { describeConvergence } from "../../contracts/convergence";
import { createStandInApi, STAND_IN_URL } from "../../support/stand-in-api";
import { answer, createWorld, ENDPOINT, type ReceivedCall } from "../../support/subscription-world";

const subscription = kinetic.subscription as ApiSubscription;
const fields = kineticStandIn.connection(STAND_IN_URL);
const createApi = () =>
  createStandInApi(kineticStandIn, { strangersEvents: ["Submission Submitted"] });

const settings = {
  scope: "space",
  kappSlug: "",
  events: ["Submission Submitted", "User Membership Change"],
  filter: "",
  enabled: true,
};
const shape = { provider: kinetic, fields, createApi, settings, events: settings.events };

describeConvergence("Kinetic, in a space", {
  ...shape,
  otherSettings: { ...settings, events: ["Submission Submitted", "Team Created"], filter: "x > 1" },
  otherEvents: ["Submission Submitted", "Team Created"],
});

describeConvergence("Kinetic, from a space to a kapp", {
  ...shape,
  otherSettings: { ...settings, scope: "kapp", kappSlug: "services", events: ["Form Updated"] },
  otherEvents: ["Form Updated"],
});

const MARK = toMark("instance-1:flow-1");
const SUBMITTED = `hookline-${MARK}-Submission-Submitted`;

const open = () => {
  const api = createApi();
  const world = createWorld({ ...shape, createApi: () => api });
  return { ...world, api };
};

const bodyOf = ({ body }: ReceivedCall): Record<string, string> =>
  (body as { json: Record<string, string> }).json;

/** What a person does in the console. */
const byHand = ({ api }: ReturnType<typeof open>, request: ApiRequest) =>
  api.handle(
    {
      ...request,
      baseUrl: subscription.access.baseUrl(fields),
      headers: { ...subscription.access.headers?.(fields, "") },
      query: {},
    },
    new Date(),
  );

const webhooksOf = (world: ReturnType<typeof open>) =>
  (
    byHand(world, { method: "GET", path: "/webhooks" }).data as {
      webhooks: readonly Record<string, string>[];
    }
  ).webhooks;

const change = (world: ReturnType<typeof open>, json: unknown) =>
  byHand(world, { method: "PUT", path: `/webhooks/${SUBMITTED}`, body: { json } });

describe("a webhook of ours", () => {
  it("is named after its flow and event, in letters that need no care in a URL", async () => {
    const world = open();
    await world.deploy(settings);
    const names = webhooksOf(world).map(({ name }) => name);
    expect(names).toEqual([SUBMITTED, `hookline-${MARK}-User-Membership-Change`]);
    for (const name of names) expect(encodeURIComponent(name!)).toBe(name);
  });

  it("is sent its type and its event in two parts, and carries the secret as token of its URL", async () => {
    const world = open();
    const { secret } = await world.deploy(settings);
    const [, made] = webhooksOf(world);
    expect(made).toMatchObject({ type: "User", event: "Membership Change", filter: "" });
    const url = new URL(made!.url!);
    expect(`${url.origin}${url.pathname}`).toBe(ENDPOINT);
    expect(url.searchParams.get("token")).toBe(secret);
    expect(secret).toMatch(/^[0-9a-f]{64}$/);
  });

  it("keeps its name when it is changed, because the name is what identifies it", async () => {
    const world = open();
    await world.deploy(settings);
    await world.deploy({ ...settings, filter: "x" });
    const puts = world.calls.filter(({ method }) => method === "PUT");
    expect(puts).toHaveLength(2);
    for (const put of puts) expect(Object.keys(bodyOf(put))).not.toContain("name");
  });

  it("tells its secret when the record was lost, so that it is left as it is", async () => {
    const world = open();
    const { secret } = await world.deploy(settings, { crashBeforeSave: true });
    const before = world.calls.length;
    expect((await world.deploy(settings)).secret).toBe(secret);
    expect(world.calls.slice(before).map(({ method }) => method)).toEqual(["GET"]);
  });

  it.each([
    ["event", { event: "Updated" }],
    ["type", { type: "Form" }],
    ["filter", { filter: "false" }],
    ["token", { url: `${ENDPOINT}?hookline=${MARK}&token=mine` }],
  ])("is put right again when somebody changed its %s", async (_what, changed) => {
    const world = open();
    await world.deploy(settings);
    const before = webhooksOf(world);
    change(world, changed);
    expect(webhooksOf(world)).not.toEqual(before);
    await world.deploy(settings);
    expect(webhooksOf(world)).toEqual(expect.arrayContaining([...before]));
    expect(webhooksOf(world)).toHaveLength(before.length);
  });

  it("makes room for one of ours when somebody renamed it, so that nothing is delivered twice", async () => {
    const world = open();
    await world.deploy(settings);
    change(world, { name: "Orders" });
    await world.deploy(settings);
    expect(webhooksOf(world).map(({ name }) => name)).not.toContain("Orders");
    expect(webhooksOf(world)).toHaveLength(2);
  });

  it("is recognised in a bare answer too, as the OpenAPI file has it", () => {
    const bare = answer(200, { name: SUBMITTED, type: "Submission", event: "Submitted" });
    const wrapped = answer(200, { webhook: bare.data });
    const input = {} as Parameters<typeof subscription.create.read>[1];
    expect(subscription.create.read(bare, input)).toEqual({ id: SUBMITTED });
    expect(subscription.create.read(wrapped, input)).toEqual({ id: SUBMITTED });
  });
});

describe("a stranger's webhook that has our name", () => {
  const theirs = {
    name: SUBMITTED,
    type: "Submission",
    event: "Submitted",
    filter: "",
    url: "https://other.example.net/hook?token=theirs",
  };
  const take = (world: ReturnType<typeof open>) =>
    byHand(world, { method: "POST", path: "/webhooks", body: { json: theirs } });

  it("is never taken over; the deploy says what is in the way and takes back what it made", async () => {
    const world = open();
    take(world);
    const error = await world.deploy(settings).catch((thrown) => thrown);
    expect(error).toMatchObject({ code: "SUBSCRIPTION_FAILED" });
    expect(error.message).toContain('create subscription "Submission Submitted"');
    expect(error.message).toContain("remove it in the console");
    expect(webhooksOf(world)).toEqual([{ authStrategy: null, ...theirs }]);
  });

  it("is neither changed nor removed with the flow when it took the place of one that we noted", async () => {
    const world = open();
    await world.deploy(settings);
    change(world, theirs);
    await expect(world.deploy(settings)).rejects.toMatchObject({ code: "SUBSCRIPTION_FAILED" });
    expect(await world.remove(settings)).toEqual([]);
    expect(webhooksOf(world)).toEqual([{ authStrategy: null, ...theirs }]);
  });

  it.each([
    [409, { error: "Conflict" }, true],
    [400, { error: "…", errorKey: "uniqueness_violation" }, true],
    [400, { error: "Type must not be blank" }, false],
    [500, { errorKey: "uniqueness_violation" }, false],
  ])("is told by status %s with %j: %s", (status, data, expected) => {
    expect(subscription.isConflict?.(answer(status, data))).toBe(expected);
  });
});

describe("switched off", () => {
  const off: Settings = { ...settings, enabled: false };

  it("removes the webhooks, because the platform has no such switch, and makes them anew when switched on", async () => {
    const world = open();
    const { secret } = await world.deploy(settings);
    const record = await world.deploy(off);
    expect(webhooksOf(world)).toEqual([]);
    expect(record.subscriptions).toEqual([]);
    await world.deploy(settings);
    expect(webhooksOf(world)).toHaveLength(2);
    for (const { url } of webhooksOf(world))
      expect(new URL(url!).searchParams.get("token")).toBe(secret);
  });

  it("does nothing but one look when it was off already, and leaves strangers alone", async () => {
    const world = open();
    world.api.addStranger("https://other.example.net/hook");
    await world.deploy(off);
    await world.deploy(off);
    expect(world.calls.map(({ method }) => method)).toEqual(["GET", "GET"]);
    expect(webhooksOf(world)).toHaveLength(1);
  });

  it("still knows the secret, for deliveries that are on their way", async () => {
    const world = open();
    const before = await world.deploy(settings);
    expect((await world.deploy(off)).secret).toBe(before.secret);
  });
});

describe("bad input", () => {
  const errorOf = (world: ReturnType<typeof open>, changed: Partial<typeof settings>) =>
    world.deploy({ ...settings, ...changed }).catch((thrown) => thrown);

  it("names an event that the platform would accept and never fire, before anything is made", async () => {
    const world = open();
    const error = await errorOf(world, { events: ["Submission Created", "Submission Submit"] });
    expect(error).toMatchObject({ code: "INPUT_INVALID" });
    expect(error.message).toMatch(/^Events: .*"Submission Submit".*Submission Submitted/);
    expect(world.calls.every(({ method }) => method === "GET")).toBe(true);
  });

  it("knows which events only a space has", async () => {
    const world = open();
    const error = await errorOf(world, {
      scope: "kapp",
      kappSlug: "services",
      events: ["User Created"],
    });
    expect(error.message).toMatch(/^Events: .*"User Created" for a webhook of the kapp/);
  });

  it("asks for the kapp", async () => {
    expect(await errorOf(open(), { scope: "kapp" })).toMatchObject({
      code: "INPUT_INVALID",
      message: expect.stringMatching(/^Kapp Slug: /),
    });
  });

  it("says which input to look at when there is no such kapp", async () => {
    const error = await errorOf(open(), { scope: "kapp", kappSlug: "nowhere" });
    expect(error.message).toMatch(/answered 404\. Kapp Slug: .*Base URL/);
  });

  it("asks for at least one event", async () => {
    expect((await errorOf(open(), { events: [] })).message).toMatch(/choose at least one event/);
  });

  it("blames the connection when a page of another server answers", async () => {
    const api = { ...createApi(), handle: () => answer(200, "<html>Welcome</html>") };
    const world = createWorld({ ...shape, createApi: () => api });
    const error = await world.deploy(settings).catch((thrown) => thrown);
    expect(error).toMatchObject({ code: "CONNECTION_INVALID" });
    expect(error.message).toMatch(/^Base URL: /);
  });

  it.each(["/trigger/abc", "hooks.example.com/trigger", "http://hooks.example.com/trigger"])(
    "refuses the endpoint %s",
    async (endpointUrl) => {
      const world = open();
      const error = await world.deploy(settings, { endpointUrl }).catch((thrown) => thrown);
      expect(error).toMatchObject({ code: "INPUT_INVALID" });
      expect(error.message).toMatch(/^Endpoint URL: /);
      expect(world.calls).toEqual([]);
    },
  );
});

it("tells neither token nor password when the platform repeats them in an error", async () => {
  const api = createApi();
  const world = createWorld({
    ...shape,
    createApi: () => ({
      ...api,
      handle: (call, now) => {
        if (call.method !== "POST") return api.handle(call, now);
        const { url = "" } = bodyOf(call);
        const token = new URL(url).searchParams.get("token");
        return answer(400, { error: `Cannot reach ${url} (${token}) as ${fields.password}` });
      },
    }),
  });
  const error = await world.deploy(settings).catch((thrown) => thrown);
  expect(error.message).toContain("It says: Cannot reach https://hooks.example.com/");
  expect(error.message).not.toMatch(/[0-9a-f]{64}/);
  expect(error.message).not.toContain(fields.password);
});

describe("the connection", () => {
  it.each([
    "https://acme.kinops.io",
    "https://acme.kinops.io/",
    "https://acme.kinops.io/app",
    "https://acme.kinops.io/app/api/v1/",
  ])("finds the API from %s", (baseUrl) => {
    expect(subscription.access.baseUrl({ baseUrl })).toBe("https://acme.kinops.io/app/api/v1");
  });

  it("keeps the space in the path of a server of one's own", () => {
    const baseUrl = "https://forms.example.com/kinetic/acme";
    expect(subscription.access.baseUrl({ baseUrl })).toBe(`${baseUrl}/app/api/v1`);
  });

  it("sends HTTP Basic, in UTF-8", () => {
    const { authorization = "" } =
      subscription.access.headers?.({ username: "zoë", password: "pä:ss" }, "") ?? {};
    expect(Buffer.from(authorization.replace("Basic ", ""), "base64").toString()).toBe("zoë:pä:ss");
  });
});

describe("choices", () => {
  const read = (name: "kineticEvents" | "kineticKapps", data: unknown) =>
    subscription.choices![name]!.listing.read(answer(200, data), {}, undefined);

  it("offers each event with the workflow that the platform suggests for it", () => {
    const { items } = read("kineticEvents", { Submission: ["Submitted", "Closed"] });
    expect(items).toEqual([
      {
        key: "Submission Submitted",
        label:
          "Submission Submitted (workflow: Submissions > [kapp-slug] > [form-slug] :: Submitted)",
      },
      { key: "Submission Closed", label: "Submission Closed" },
    ]);
  });

  it("offers no event whose type and event could not be told apart later", () => {
    const { items } = read("kineticEvents", {
      "Odd Type": ["Created"],
      "Datastore Form": ["Created"],
    });
    expect(items.map(({ key }) => key)).toEqual(["Datastore Form Created"]);
  });

  it("asks for the events of the scope", () => {
    const { request } = subscription.choices!.kineticEvents!.listing;
    expect(request({ scope: "kapp" }, undefined).path).toBe("/meta/webhooks/events/kapp");
  });

  it("offers the kapps, page by page", () => {
    const page = {
      kapps: [{ slug: "services", name: "Services" }, { slug: "bare" }],
      nextPageToken: "t2",
    };
    expect(read("kineticKapps", page)).toEqual({
      items: [
        { key: "services", label: "Services" },
        { key: "bare", label: "bare" },
      ],
      next: "t2",
    });
    expect(read("kineticKapps", { kapps: [], nextPageToken: null }).next).toBeUndefined();
    const { request } = subscription.choices!.kineticKapps!.listing;
    expect(request({}, "t2").query).toEqual({ pageToken: "t2" });
  });
});

describe("the whole record", () => {
  const fetchOf = (data: unknown) =>
    subscription.fetchRecord?.request(
      { type: "Submission Submitted", orderingKey: null, data },
      fields,
    );

  it("is the submission with its values, form and kapp", () => {
    const fetch = fetchOf({ submission: { id: "9f7c/4889" } })!;
    expect(fetch.request(undefined)).toMatchObject({
      path: "/submissions/9f7c%2F4889",
      query: { include: "values,form,form.kapp" },
    });
    const submission = { id: "9f7c", values: { Model: "Air" } };
    expect(fetch.read(answer(200, { submission }), undefined)).toEqual(submission);
  });

  it("is nothing for what has no submission", () => {
    expect(fetchOf({ user: { username: "zoe" } })).toBeUndefined();
  });
});
