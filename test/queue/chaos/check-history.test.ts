import { checkHistory } from "../../support/queue/history/check-history";
import type { History, QueueEvent } from "../../support/queue/history/events";
import type { Violation } from "../../support/queue/history/violation";
import { doctor, entered, goodHistory, granted, processed, settled } from "./doctored";
import { toEvidence } from "./record";
import { toRepeats } from "./repeats";

const check = (history: History): Violation["promise"][] => {
  const expectation = { isDrained: true, toDedupeKey: (message: string) => message };
  const promises = checkHistory(history, expectation).map(({ promise }) => promise);
  return [...new Set(promises)].sort();
};

const isAcknowledgementOf = (lease: string) => (event: QueueEvent) =>
  event.kind === "settled" && event.lease === lease;
const isGrantOf = (lease: string) => (event: QueueEvent) =>
  event.kind === "granted" && event.lease === lease;
const isEntranceOf = (message: string) => (event: QueueEvent) =>
  event.kind === "entered" && event.message === message;
const isProcessing = (lease: string) => (event: QueueEvent) =>
  event.kind === "processed" && event.lease === lease;

describe("a good history", () => {
  it("breaks no promise", () => {
    expect(check(goodHistory)).toEqual([]);
  });

  it("may have a message enqueued again for want of an answer", () => {
    const retried = [entered("1", -10, "unknown"), entered("1", 0, "duplicate")];
    expect(check(doctor(isEntranceOf("1"), ...retried))).toEqual([]);
  });

  it("may have an acknowledgement without an answer, whether it happened or not", () => {
    const unanswered = settled("x/1", "1", 40, "unknown");
    const again = [
      granted("z/1", 2025, ["1"], 2),
      processed("z/1", "1", 2026),
      settled("z/1", "1", 2027),
    ];
    const rest = doctor(isAcknowledgementOf("x/1"), unanswered);
    expect(check(rest)).toEqual([]);
    expect(check([entered("1", 0), granted("x/1", 20, ["1"]), unanswered, ...again])).toEqual([]);
  });

  it("may have several messages under one lease, settled in order", () => {
    expect(
      check([
        entered("1", 0),
        entered("2", 10),
        granted("x/1", 20, ["1", "2"]),
        processed("x/1", "1", 30),
        settled("x/1", "1", 40),
        processed("x/1", "2", 50),
        settled("x/1", "2", 60),
      ]),
    ).toEqual([]);
  });

  it("may have messages in whatever order that entered at the same time", () => {
    const first = { ...entered("1", 0), end: 12 };
    expect(
      check([
        first,
        entered("2", 10),
        granted("x/1", 20, ["2"]),
        settled("x/1", "2", 30),
        granted("x/2", 40, ["1"]),
        settled("x/2", "1", 50),
      ]),
    ).toEqual([]);
  });
});

describe("a doctored history is found out if", () => {
  it("a message was leased before the one in front of it had left", () => {
    const history = doctor(isAcknowledgementOf("x/1"), settled("x/1", "1", 70));
    expect(check(history)).toContain("overtaken");
  });

  it("a message was processed before the one in front of it had left", () => {
    expect(
      check([
        entered("1", 0),
        entered("2", 10),
        granted("x/1", 20, ["1", "2"]),
        processed("x/1", "2", 30),
        settled("x/1", "1", 40),
        settled("x/1", "2", 60),
      ]),
    ).toEqual(["overtaken"]);
  });

  it("messages of one lease came in the wrong order", () => {
    expect(
      check([
        entered("1", 0),
        entered("2", 10),
        granted("x/1", 20, ["2", "1"]),
        settled("x/1", "2", 40),
        settled("x/1", "1", 60),
      ]),
    ).toEqual(["overtaken"]);
  });

  it("a message was leased again while its lease lasted", () => {
    const early = [granted("y/1", 1900, ["2"], 2)];
    expect(check(doctor(isGrantOf("y/1"), ...early))).toContain("shared");
  });

  it("a message was leased again after it was acknowledged", () => {
    const again = [settled("y/1", "2", 2120), granted("z/1", 2130, ["2"], 3)];
    expect(check(doctor(isAcknowledgementOf("y/1"), ...again))).toContain("returned");
  });

  it("two acknowledged the same message", () => {
    const both = settled("x/2", "2", 2115, "done");
    expect(check(doctor(isAcknowledgementOf("x/2"), both))).toEqual(["doubled", "usurped"]);
  });

  it("an acknowledgement came after the end of its lease, and was accepted", () => {
    const late = settled("y/1", "2", 4200);
    expect(check(doctor(isAcknowledgementOf("y/1"), late))).toEqual(["usurped"]);
  });

  it("a lease was lost before its time", () => {
    const stale = [settled("x/1", "1", 35, "stale"), settled("x/1", "1", 40)];
    expect(check(doctor(isAcknowledgementOf("x/1"), ...stale))).toEqual(["revoked"]);
  });

  it("a message that was enqueued was never handed out", () => {
    const history = [...goodHistory, entered("3", 2200)];
    expect(check(history)).toEqual(["lost"]);
  });

  it("a message that was handed out never ended", () => {
    const stale = settled("y/1", "2", 4200, "stale");
    expect(check(doctor(isAcknowledgementOf("y/1"), stale))).toEqual(["lost"]);
  });

  it("a message was called a duplicate of nothing", () => {
    const dropped = entered("3", 2200, "duplicate");
    expect(check([...goodHistory, dropped])).toEqual(["dropped"]);
  });

  it("a message was taken twice", () => {
    expect(check([...goodHistory, entered("2", 15)])).toContain("doubled");
  });

  it("a message was there twice", () => {
    const other = granted("y/1", 2100, ["2"], 2);
    const renamed = { ...other, messages: [{ message: "2", id: "another", attempt: 2 }] };
    expect(check(doctor(isGrantOf("y/1"), renamed))).toEqual(["doubled"]);
  });

  it("a message was leased that nobody had handed over", () => {
    expect(check(doctor(isEntranceOf("1")))).toEqual(["invented"]);
  });

  it("the attempts of a message did not go up", () => {
    expect(check(doctor(isGrantOf("y/1"), granted("y/1", 2100, ["2"], 1)))).toEqual(["miscounted"]);
  });
});

describe("a message that was processed again", () => {
  it("is explained by a lease that ran out", () => {
    expect(toRepeats(goodHistory, new Set())).toEqual(["expired"]);
  });

  it("is explained by a consumer that was killed", () => {
    const history = doctor(isAcknowledgementOf("x/2"));
    expect(toRepeats(history, new Set(["x"]))).toEqual(["killed"]);
    expect(toRepeats(history, new Set())).toEqual(["unexplained"]);
  });

  it("is explained by an acknowledgement without an answer", () => {
    const unanswered = settled("x/2", "2", 2115, "unknown");
    expect(toRepeats(doctor(isAcknowledgementOf("x/2"), unanswered), new Set())).toEqual([
      "unanswered",
    ]);
  });

  it("is not explained by anything if one consumer does it twice", () => {
    const twice = [processed("x/1", "1", 30), processed("x/1", "1", 31)];
    expect(toRepeats(doctor(isProcessing("x/1"), ...twice), new Set())).toContain("unexplained");
  });
});

describe("the log of a consumer that was killed", () => {
  it("leaves open what became of a call that it had begun", () => {
    const intent = {
      kind: "intent",
      call: "c",
      lease: "x/1",
      message: "1",
      how: "acknowledge",
      start: 5,
    } as const;
    const { call: _, start: __, kind: ___, ...open } = intent;
    expect(toEvidence([intent], 9).events).toEqual([
      { ...open, kind: "settled", start: 5, end: 9, clockStart: 5, clockEnd: 9, answer: "unknown" },
    ]);
    const answer = { ...settled("x/1", "1", 5), call: "c" };
    expect(toEvidence([intent, answer], 9).events).toEqual([answer]);
  });
});
