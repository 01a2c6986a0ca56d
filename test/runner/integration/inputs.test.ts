import { writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  openIntegration,
  readIntegrationFiles,
} from "../../../src/runner/integration/open-integration";
import type {
  ComponentDescription,
  InputDescription,
} from "../../../src/runner/isolation/component-description";
import { type FlowSketch, toDefinition, writeYaml } from "../support/running";

const text = (key: string, more: Partial<InputDescription> = {}): InputDescription => ({
  key,
  type: "string",
  default: "",
  ...more,
});

const component: ComponentDescription = {
  key: "behaviours",
  label: "Behaviours",
  connections: [
    {
      key: "credentials",
      inputs: [
        text("secret", { required: true }),
        text("previousSecret"),
        text("host", { default: "https://default.example" }),
      ],
    },
    { key: "other", inputs: [text("token", { required: true })] },
  ],
  triggers: [
    {
      key: "catch",
      label: "Catch",
      hooks: [],
      isScheduled: false,
      inputs: [
        text("topic", { default: "everything" }),
        text("needed", { required: true, default: "there" }),
        text("pairs", { collection: "keyvaluelist" }),
        text("list", { collection: "valuelist" }),
        { key: "credentials", type: "connection" },
      ],
    },
    {
      key: "demanding",
      label: "Demanding",
      hooks: [],
      isScheduled: false,
      inputs: [
        text("topic", { required: true }),
        { key: "credentials", type: "connection", required: true },
      ],
    },
    { key: "poll", label: "Poll", hooks: [], isScheduled: true, inputs: [] },
  ],
};

const connectionVariable = {
  key: "Key",
  dataType: "connection",
  connection: { key: "credentials", component: { key: "behaviours" } },
  inputs: { host: { type: "value", value: "https://defined.example" } },
};

interface Setting {
  readonly flows?: Record<string, FlowSketch>;
  readonly variables?: object[];
  readonly given?: object;
}

const open = ({ flows = {}, variables = [], given }: Setting) => {
  const file = writeYaml(toDefinition(flows, { requiredConfigVars: variables }));
  if (given) writeFileSync(join(file, "../integration.config.yml"), JSON.stringify(given));
  return openIntegration(readIntegrationFiles(file, undefined), [component]);
};
const paramsOf = (setting: Setting) => open(setting).flows[0]?.params;
const catching = (inputs: Record<string, unknown>): Record<string, FlowSketch> => ({
  A: { trigger: "catch", inputs },
});

describe("an input", () => {
  test("that is not in the file has its default; a collection without one is empty", () => {
    expect(paramsOf({ flows: catching({}) })).toEqual({
      topic: "everything",
      needed: "there",
      pairs: [],
      list: [],
      credentials: undefined,
    });
  });

  test("that is a plain value stays text, as the platform stores it", () => {
    const inputs = {
      topic: { type: "value", value: 300 },
      needed: { type: "value", value: true },
    };
    expect(paramsOf({ flows: catching(inputs) })).toMatchObject({ topic: "300", needed: "true" });
  });

  test("that is a list has plain entries, or pairs of key and value", () => {
    const inputs = {
      list: {
        type: "complex",
        value: [
          { type: "value", value: "a" },
          { type: "value", value: "b" },
        ],
      },
      pairs: {
        type: "complex",
        value: [
          { name: "x", type: "value", value: "1" },
          { name: { type: "value", value: "y" }, type: "configVar", value: "Word" },
        ],
      },
    };
    const variables = [{ key: "Word", dataType: "string", defaultValue: "two" }];
    expect(paramsOf({ flows: catching(inputs), variables })).toMatchObject({
      list: ["a", "b"],
      pairs: [
        { key: "x", value: "1" },
        { key: "y", value: "two" },
      ],
    });
  });

  test("that is a template has config variables filled in", () => {
    const inputs = { topic: { type: "template", value: "https://{{#Base Host}}/{{ #Path }}" } };
    const variables = [
      { key: "Base Host", dataType: "string", defaultValue: "a.example" },
      { key: "Path", dataType: "string", defaultValue: "x" },
    ];
    expect(paramsOf({ flows: catching(inputs), variables })).toMatchObject({
      topic: "https://a.example/x",
    });
  });

  test.each([
    [{ type: "reference", value: "step.results" }],
    [{ type: "template", value: "a {{$step.results}}" }],
  ])("that refers to a step is refused, because none runs before a trigger: %j", (expression) => {
    expect(() => paramsOf({ flows: catching({ topic: expression }) })).toThrow(
      /Input "topic" of flow "A" refers to a step's result/,
    );
  });

  test("that is required and empty is refused by name", () => {
    expect(() => paramsOf({ flows: catching({ needed: { type: "value", value: "" } }) })).toThrow(
      /Input "needed" of flow "A" is required and has no value/,
    );
  });

  test("that the trigger does not have is noted, with those that it has", () => {
    const { notes } = open({ flows: catching({ topik: { type: "value", value: "x" } }) });
    expect(notes).toContain(
      'Flow "A": its trigger has no input "topik". It has: "topic", "needed", "pairs", "list", "credentials".',
    );
  });
});

describe("a connection", () => {
  const flows = catching({ credentials: { type: "configVar", value: "Key" } });
  const variables = [connectionVariable];

  test("joins defaults, the definition's values and the configuration's", () => {
    const given = { Key: { secret: 12345 } };
    expect(paramsOf({ flows, variables, given })?.credentials).toEqual({
      key: "credentials",
      configVarKey: "Key",
      fields: { secret: "12345", previousSecret: "", host: "https://defined.example" },
    });
  });

  test("may carry OAuth tokens", () => {
    const given = { Key: { secret: "s", token: { access_token: "t" } } };
    expect(paramsOf({ flows, variables, given })?.credentials).toMatchObject({
      token: { access_token: "t" },
    });
  });

  test("may have a field called token, which is a field like any other", () => {
    const ofOther = {
      key: "Key",
      dataType: "connection",
      connection: { key: "other", component: { key: "behaviours" } },
    };
    expect(
      paramsOf({ flows, variables: [ofOther], given: { Key: { token: 123 } } })?.credentials,
    ).toEqual({ key: "other", configVarKey: "Key", fields: { token: "123" } });
    expect(() => paramsOf({ flows, variables: [ofOther], given: { Key: {} } })).toThrow(
      /Connection "Key" needs a value for "token"/,
    );
  });

  test.each([[undefined], [{ Key: {} }], [{ Key: { secret: "  " } }]])(
    "without a required field is refused, naming it and the file: %j",
    (given) => {
      expect(() => paramsOf({ flows, variables, ...(given ? { given } : {}) })).toThrow(
        /Connection "Key" needs a value for "secret"\. Add it to .*integration\.config\.yml/,
      );
    },
  );

  test.each([
    [
      { Key: { sekret: "x" } },
      /Connection "Key" has no field "sekret". It has: secret, previousSecret, host/,
    ],
    [{ Key: "just text" }, /Give its fields as a map/],
  ])("that is configured wrongly is refused: %j", (given, message) => {
    expect(() => paramsOf({ flows, variables, given })).toThrow(message);
  });

  test("that the component does not have is refused", () => {
    const wrong = {
      ...connectionVariable,
      connection: { key: "none", component: { key: "behaviours" } },
    };
    expect(() => paramsOf({ flows, variables: [wrong] })).toThrow(/It has: credentials, other/);
  });

  test("that nothing uses may stay empty", () => {
    expect(open({ flows: catching({}), variables }).configVars.Key).toMatchObject({
      key: "credentials",
    });
  });
});

describe("config variables", () => {
  const flows = catching({ topic: { type: "configVar", value: "Word" } });
  const variables = [{ key: "Word", dataType: "string" }];

  test("come from the file beside the integration, or another one", () => {
    expect(paramsOf({ flows, variables, given: { Word: 7 } })).toMatchObject({ topic: "7" });
    const file = writeYaml(toDefinition(flows, { requiredConfigVars: variables }));
    const other = writeYaml({ Word: "elsewhere" }, "other.yml");
    const { flows: planned } = openIntegration(readIntegrationFiles(file, other), [component]);
    expect(planned[0]?.params.topic).toBe("elsewhere");
  });

  test("that a trigger needs and nobody gave are refused by name", () => {
    expect(() => paramsOf({ flows, variables })).toThrow(
      /Config variable "Word" has no value\. Add it to .*integration\.config\.yml/,
    );
  });

  test("that the integration does not know are refused, against typing errors", () => {
    expect(() => paramsOf({ flows, variables, given: { Wort: "x" } })).toThrow(
      /sets "Wort", which is no config variable of the integration\. It has: "Word"/,
    );
  });

  test("that an input names and the integration does not define are refused", () => {
    expect(() => paramsOf({ flows })).toThrow(/Config variable "Word" is used but not defined/);
  });

  test("that are lists of pairs may be written as a map", () => {
    const pairs = [{ key: "Pairs", dataType: "string", collectionType: "keyvaluelist" }];
    const { configVars } = open({
      flows: catching({}),
      variables: pairs,
      given: { Pairs: { a: 1 } },
    });
    expect(configVars.Pairs).toEqual([{ key: "a", value: "1" }]);
  });

  test("in a file that was named and is missing or no map are refused", () => {
    expect(() => readIntegrationFiles(undefined, "missing.yml")).toThrow(
      /missing\.yml cannot be read/,
    );
    const list = writeYaml(["a"], "list.yml");
    expect(() => readIntegrationFiles(undefined, list)).toThrow(
      /list\.yml should map config variables/,
    );
  });
});

describe("a flow", () => {
  test("of a component that is not loaded is refused, naming those that are", () => {
    expect(() => open({ flows: { A: { component: "elsewhere", trigger: "x" } } })).toThrow(
      /Flow "A" uses component "elsewhere", which is not loaded.*Loaded: "behaviours"/,
    );
  });

  test("of a trigger that does not exist is refused, naming those that do", () => {
    expect(() => open({ flows: { A: { trigger: "none" } } })).toThrow(
      /does not have\. It has: "catch", "demanding", "poll"/,
    );
  });

  test("of a component that only Prismatic has is not served, and that is said", () => {
    const clock = { component: "schedule-triggers", trigger: "schedule", isPublic: true };
    const { flows, notes } = open({ flows: { A: { trigger: "catch", isPublic: true }, B: clock } });
    expect(flows.map(({ definition }) => definition.name)).toEqual(["A"]);
    expect(notes).toContain(
      'Flow "B" is not served: its trigger is of "schedule-triggers", a component of Prismatic\'s own that is not on this machine.',
    );
  });

  test("that runs on a schedule is not served, and that is said", () => {
    const { flows, notes } = open({ flows: { A: { trigger: "catch" }, B: { trigger: "poll" } } });
    expect(flows.map(({ definition }) => definition.name)).toEqual(["A"]);
    expect(notes).toContain('Flow "B" is not served: its trigger runs on a schedule.');
  });

  test("that is synchronous is noted, and so are steps that are not run", () => {
    const extra = { isSynchronous: true };
    const definition = toDefinition({ A: { trigger: "catch", extra } }) as {
      flows: { steps: object[] }[];
    };
    definition.flows[0]?.steps.push({
      name: "Next",
      action: { key: "x", component: { key: "y" } },
    });
    const files = readIntegrationFiles(writeYaml(definition), undefined);
    const { notes } = openIntegration(files, [component]);
    expect(notes.join("\n")).toMatch(/Flow "A" is synchronous/);
    expect(notes.join("\n")).toMatch(/Steps behind triggers \(1\) are not run yet/);
  });
});

describe("without a definition", () => {
  const openDefault = (given: object | undefined) =>
    openIntegration(readIntegrationFiles(undefined, given && writeYaml(given, "values.yml")), [
      component,
    ]);

  test("every trigger that needs nothing has a flow; the others say what they need", () => {
    const { flows, notes } = openDefault(undefined);
    expect(flows.map(({ definition }) => definition.name)).toEqual(["Catch"]);
    expect(notes.join("\n")).toMatch(
      /"Demanding" is not served\. Config variable "demanding\.topic" has no value/,
    );
  });

  test("what they need can be given under the trigger's and the input's key", () => {
    const given = {
      "demanding.topic": "orders",
      "demanding.credentials": { secret: "s" },
      "catch.topic": "changed",
    };
    const { flows } = openDefault(given);
    expect(flows.map(({ params }) => params)).toEqual([
      expect.objectContaining({ topic: "changed", credentials: undefined }),
      {
        topic: "orders",
        credentials: expect.objectContaining({
          key: "credentials",
          fields: expect.objectContaining({ secret: "s" }),
        }),
      },
    ]);
  });

  describe("a trigger whose connection may be of any kind", () => {
    const kind = (key: string, ...inputs: InputDescription[]) => ({ key, inputs });
    const managed: ComponentDescription = {
      ...component,
      connections: [
        kind("secret", text("secret", { required: true })),
        kind("api", text("baseUrl"), text("token"), text("username"), text("password")),
        kind("shop", text("username", { required: true }), text("password", { required: true })),
      ],
      triggers: [
        ...component.triggers.filter(({ key }) => key === "catch"),
        {
          key: "managed",
          label: "Managed",
          hooks: [],
          isScheduled: false,
          inputs: [{ key: "connection", type: "connection", required: true }],
        },
      ],
    };
    const openManaged = (fields: object | undefined) => {
      const given = fields && writeYaml({ "managed.connection": fields }, "values.yml");
      return openIntegration(readIntegrationFiles(undefined, given), [managed]);
    };

    test.each([
      [{ username: "u", password: "p" }, "shop"],
      [{ username: "u" }, "api"],
      [{ token: "t" }, "api"],
      [{ secret: "s" }, "secret"],
    ])("gets the kind that the fields are of: %j", (fields, key) => {
      const configVars = Object(openManaged(fields).configVars);
      expect(configVars["managed.connection"]).toMatchObject({ key, fields });
    });

    test("says which kinds there are, where nothing is given", () => {
      const { flows, notes } = openManaged(undefined);
      expect(flows.map(({ definition }) => definition.name)).toEqual(["Catch"]);
      expect(notes).toEqual([
        '"Managed" is not served. It needs a connection, of one of the kinds secret, api, shop: its trigger\'s documentation says which. Add the fields to a file given with --config, under "managed.connection".',
      ]);
    });

    test("says which fields the kinds have, where the given ones fit none", () => {
      expect(openManaged({ apiKey: "k" }).notes.join()).toMatch(
        /No kind of connection has all the fields that .*values\.yml gives under "managed\.connection" \(apiKey\)\. There are secret \(secret\); api \(baseUrl, token, username, password\); shop \(username, password\)\./,
      );
    });
  });

  test("and with nothing to serve, the start is refused with every reason", () => {
    const only = {
      ...component,
      triggers: component.triggers.filter(({ key }) => key === "demanding"),
    };
    const files = readIntegrationFiles(undefined, undefined);
    expect(() => openIntegration(files, [only])).toThrow(
      /There is no flow to serve\.\n {2}"Demanding" is not served/,
    );
  });
});
