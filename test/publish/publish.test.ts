import { execFile } from "node:child_process";
import { createHash, createHmac } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { unzipSync } from "fflate";
import { ensureBuilt, projectRoot } from "../support/built";
import { type PrismRun, publishWithPrism } from "./prism";
import { accessToken, createStandIn, type StandIn, type StandInOptions } from "./stand-in";

/** Each run of prism takes seconds, and the first may have to wait for a build. */
jest.setTimeout(120_000);

const home = mkdtempSync(path.join(tmpdir(), "hookline-publish-"));
const standIns: StandIn[] = [];

const publish = async (
  options: StandInOptions = {},
  folder = projectRoot,
): Promise<{ readonly standIn: StandIn; readonly run: PrismRun }> => {
  const standIn = await createStandIn(options);
  standIns.push(standIn);
  const run = await publishWithPrism(folder, standIn.origin, home, "--skip-on-signature-match");
  return { standIn, run };
};

const namesOf = ({ exchanges }: StandIn): readonly string[] => exchanges.map(({ name }) => name);
const sha1 = (bytes: Buffer): string => createHash("sha1").update(bytes).digest("hex");

let standIn: StandIn;
let run: PrismRun;

beforeAll(async () => {
  await ensureBuilt();
  ({ standIn, run } = await publish());
});

afterAll(async () => {
  await Promise.all(standIns.map(({ close }) => close()));
  rmSync(home, { recursive: true });
});

describe("prism components:publish", () => {
  test("submits the component", () => {
    expect(run.output).toContain("Successfully submitted Hookline (v1)!");
    expect(run.exitCode).toBe(0);
  });

  test("asks and sends in the platform's order, and every request is accepted", () => {
    expect(standIn.exchanges.map(({ name, status }) => [name, status])).toEqual([
      ["whoami", 200],
      ["component", 200],
      ["publishComponent", 200],
      ["PUT package", 200],
      ["PUT icon", 200],
    ]);
  });

  test("shows the token to the API and to nobody else", () => {
    const tokens = standIn.exchanges.map(({ headers }) => headers.authorization);
    const bearer = `Bearer ${accessToken}`;
    expect(tokens).toEqual([bearer, bearer, bearer, undefined, undefined]);
  });

  test("names the component as it is named for ever", () => {
    const variables = standIn.exchanges[2]?.variables;
    expect(standIn.exchanges[1]?.variables).toEqual({ key: "hookline", public: false });
    expect(variables).toMatchObject({
      definition: { key: "hookline", public: false, display: { iconPath: "icon.png" } },
      triggers: expect.arrayContaining([
        expect.objectContaining({ key: "catchRawWebhook" }),
        expect.objectContaining({
          key: "catchProviderWebhook",
          staticBranchNames: ["Notification", "URL Verify", "Rejected"],
        }),
        expect.objectContaining({ key: "drainQueue", triggerResolverSupport: "required" }),
      ]),
      actions: expect.arrayContaining([expect.objectContaining({ key: "verifySignature" })]),
      dataSources: expect.arrayContaining([expect.objectContaining({ key: "providers" })]),
      connections: expect.arrayContaining([expect.objectContaining({ key: "signingSecret" })]),
    });
  });

  test("uploads the bundle and the icon, each with its type, and nothing else", () => {
    const [packageUpload, iconUpload] = standIn.exchanges.slice(3);
    const icon = readFileSync(path.join(projectRoot, "assets", "icon.png"));
    const files = unzipSync(standIn.readUpload("package"));
    expect(Object.keys(files).sort()).toEqual(["icon.png", "index.js"]);
    expect(icon.equals(files["icon.png"] ?? Buffer.alloc(0))).toBe(true);
    expect(icon.equals(standIn.readUpload("icon"))).toBe(true);
    expect(packageUpload?.headers["content-type"]).toBe("application/zip");
    expect(iconUpload?.headers["content-type"]).toBe("image/png");
  });
});

describe("what was uploaded works on its own", () => {
  const secret = "It's a Secret to Everybody";
  const body = JSON.stringify({ ref: "refs/heads/main", repository: { id: 1296269 }, note: "ß ☃" });
  const sign = (key: string) => createHmac("sha256", key).update(body).digest("hex");

  const deliver = (signature: string): Promise<{ result?: unknown; error?: string }> =>
    new Promise((resolve, reject) => {
      const child = execFile(
        process.execPath,
        [path.join(__dirname, "deliver.cjs")],
        { cwd: home, env: {} },
        (error, stdout) => (error ? reject(error) : resolve(JSON.parse(stdout))),
      );
      const contentType = "application/json";
      const headers = {
        "Content-Type": contentType,
        "X-GitHub-Event": "push",
        "X-GitHub-Delivery": "72d3162e-cc78-11e3-81ab-4c9367dc0958",
        "X-Hub-Signature-256": `sha256=${signature}`,
      };
      const payload = {
        headers,
        queryParameters: null,
        pathFragment: "",
        rawBody: { data: Buffer.from(body).toString("base64"), contentType },
        body: { data: JSON.parse(body), contentType },
        invokeUrl: "https://hooks.example.com/trigger/SW5zdGFuY2VGbG93Q29uZmlnOjE=",
      };
      const params = {
        provider: "github",
        signingSecret: { key: "signingSecret", configVarKey: "Secret", fields: { secret } },
        endpointUrl: "",
        toleranceSeconds: "",
        options: [],
        onRejection: "throw",
      };
      const bundle = path.join(home, "unzipped", "index.js");
      child.stdin?.end(
        JSON.stringify({ bundle, trigger: "catchProviderWebhook", payload, params }),
      );
    });

  beforeAll(() => {
    const folder = path.join(home, "unzipped");
    mkdirSync(folder);
    for (const [name, bytes] of Object.entries(unzipSync(standIn.readUpload("package"))))
      writeFileSync(path.join(folder, name), bytes);
  });

  test("a delivery that GitHub signed is verified and named", async () => {
    expect(await deliver(sign(secret))).toMatchObject({
      result: {
        branch: "Notification",
        payload: {
          body: { data: JSON.parse(body) },
          delivery: {
            provider: "github",
            verified: true,
            secretIndex: 0,
            id: "72d3162e-cc78-11e3-81ab-4c9367dc0958",
            type: "push",
            bodyHash: createHash("sha256").update(body).digest("hex"),
          },
        },
      },
    });
  });

  test("a forged one is rejected", async () => {
    expect(await deliver(sign("a guess"))).toEqual({
      error: "Webhook rejected: signature-mismatch",
    });
  });
});

test("a package that the platform has already is not published again", async () => {
  const knownSignature = sha1(standIn.readUpload("package"));
  const again = await publish({ knownSignature });
  expect(namesOf(again.standIn)).toEqual(["whoami", "component"]);
  expect(again.run.output).toContain("Package signatures match, skipping publish.");
  expect(again.run.exitCode).toBe(0);
});

test("what the platform refuses to publish ends with its words and exit code 1", async () => {
  const publishErrors = [{ field: "definition", messages: ["Key is taken."] }];
  const refused = await publish({ publishErrors });
  expect(refused.run.exitCode).toBe(1);
  expect(refused.run.output).toContain("definition: Key is taken.");
  expect(namesOf(refused.standIn)).toEqual(["whoami", "component", "publishComponent"]);
});

test("a refused upload, which prism reports as a success, does not pass for one here", async () => {
  const lost = await publish({ refuseUploads: true });
  expect(lost.run.exitCode).toBe(0);
  expect(() => lost.standIn.readUpload("package")).toThrow(
    "No package was stored: refused with 403.",
  );
});

describe("the stand-in is as strict as the platform", () => {
  const publishDefinition = async (extra: string) => {
    const folder = mkdtempSync(path.join(home, "component-"));
    const spectral = JSON.stringify(require.resolve("@prismatic-io/spectral"));
    writeFileSync(path.join(folder, "icon.png"), "");
    writeFileSync(path.join(folder, "package.json"), "{}");
    writeFileSync(
      path.join(folder, "index.js"),
      `const { component, trigger } = require(${spectral});
      const display = { label: "Small", description: "A small component" };
      const small = trigger({
        display, inputs: {}, scheduleSupport: "invalid", synchronousResponseSupport: "valid",
        perform: async (context, payload) => ({ payload }), ${extra}
      });
      exports.default = component({
        key: "small", public: false, display: { ...display, iconPath: "icon.png" }, triggers: { small },
      });`,
    );
    return publish({}, folder);
  };

  test("a small component is published", async () => {
    const { run } = await publishDefinition("allowsBranching: false");
    expect(run.output).toContain("Successfully submitted Small (v1)!");
  });

  test("a property that only we know is refused, as spectral sends it along", async () => {
    const { standIn, run } = await publishDefinition("allowBranching: false");
    expect(run.output).toContain(
      "triggers[0].allowBranching is not a field of TriggerDefinitionInput",
    );
    expect(run.exitCode).toBe(1);
    expect(namesOf(standIn)).not.toContain("PUT package");
  });
});
