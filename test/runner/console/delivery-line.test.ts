import { toColours } from "../../../src/runner/console/colours";
import { toDeliveryLine } from "../../../src/runner/console/delivery-line";
import { createLineWriter } from "../../../src/runner/console/line-writer";
import { toLogLines } from "../../../src/runner/console/log-line";
import type { DeliveryReport } from "../../../src/runner/delivery-report";

const plain = toColours(false);
const noon = new Date(2026, 4, 6, 12, 3, 4, 5);

const report = (parts: Partial<DeliveryReport> = {}): DeliveryReport =>
  ({
    id: "1",
    flow: "Catch GitHub",
    status: 200,
    milliseconds: 3.14,
    flowRan: true,
    branch: "Notification",
    failure: null,
    delivery: { provider: "github", type: "push", verified: true, reason: null },
    ...parts,
  }) as DeliveryReport;

const lineOf = (parts: Partial<DeliveryReport>): string =>
  toDeliveryLine(report(parts), noon, plain);

test("a line says when, which flow, who, what, verdict, branch, status and how long", () => {
  expect(lineOf({})).toBe(
    "12:03:04.005  Catch GitHub  github  push  verified  Notification  200  3.1 ms",
  );
});

const nothing = { delivery: null, branch: null };

test.each<[string, Partial<DeliveryReport>, string]>([
  [
    "a rejection by throwing has its reason",
    { ...nothing, flowRan: false, status: 400, failure: "Webhook rejected: signature-mismatch" },
    "rejected: signature-mismatch  -  400",
  ],
  [
    "any other failure has its message",
    { ...nothing, flowRan: false, status: 400, failure: "It broke" },
    "failed: It broke  -  400",
  ],
  [
    "a rejection by branch",
    { branch: "Rejected", status: 401, delivery: null },
    "rejected  Rejected  401 (flow ran)",
  ],
  [
    "no signature was checked",
    { delivery: { provider: "raw", type: "x", verified: false, reason: null } },
    "raw  x  not verified",
  ],
  ["a component that describes nothing", nothing, "-  -  ran  -  200"],
  ["a refused status does not stop the flow", { status: 401 }, "401 (flow ran)"],
])("%s", (_what, parts, words) => {
  expect(lineOf(parts)).toContain(words);
});

test("text from outside cannot control the terminal or forge a line", () => {
  const line = lineOf({
    delivery: { provider: "\u001b[2Jevil", type: "a\r\nb\u202ec", verified: true, reason: null },
  });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the point of the test
  expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]/);
});

test("text from outside cannot make a line endless", () => {
  expect(lineOf({ ...nothing, failure: "x".repeat(100_000) }).length).toBeLessThan(600);
});

test("colours come only where they are wanted", () => {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are control characters
  const colour = /\u001b\[\d+m/;
  expect(toDeliveryLine(report(), noon, toColours(true))).toMatch(colour);
  expect(lineOf({})).not.toMatch(colour);
});

test("what a component logs is one line each, under its flow's name", () => {
  const lines = toLogLines(
    { level: "warn", flow: "Catch", text: "one\ntwo\u001b[1m" },
    noon,
    plain,
  );
  expect(lines).toEqual([
    "12:03:04.005  Catch  | warn  one",
    "12:03:04.005  Catch  | warn  two�[1m",
  ]);
});

describe("the line writer", () => {
  test("writes many lines at once", () => {
    const written: string[] = [];
    const writer = createLineWriter({ write: (text) => written.push(text) });
    for (let line = 0; line < 10_000; line += 1) writer.write(String(line));
    expect(written).toEqual([]);
    writer.flush();
    expect(written).toHaveLength(1);
    expect(written[0]?.split("\n")).toHaveLength(10_001);
    writer.flush();
    expect(written).toHaveLength(1);
  });

  test("writes by itself soon after", async () => {
    const written = await new Promise((resolve) => {
      createLineWriter({ write: resolve }).write("soon");
    });
    expect(written).toBe("soon\n");
  });

  test("lets lines go when nobody reads them, and says how many", () => {
    const written: string[] = [];
    const sink = { write: (text: string) => written.push(text), writableLength: 100_000_000 };
    const writer = createLineWriter(sink);
    writer.write("lost");
    writer.flush();
    sink.writableLength = 0;
    writer.write("seen");
    writer.flush();
    expect(written.join("")).toContain("… 1 lines left out");
    expect(written.join("")).toContain("seen");
  });
});
