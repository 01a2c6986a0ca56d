import fc from "fast-check";
import { wishes } from "../support/api-shapes/api-shape";
import type { Fault, ReceivedCall } from "../support/subscription-world";

/** Something that goes wrong with some of the calls of one run. */
export interface Trouble {
  readonly with: ReceivedCall["method"] | "any";
  /** So many such calls go well first. */
  readonly skip: number;
  /** So many go wrong then. */
  readonly times: number;
  readonly fault: Fault;
}

interface Run {
  readonly troubles: readonly Trouble[];
}

/** Indexes are into the wishes, the endpoints, the places, the records that were kept. */
export type Step =
  | ({ readonly do: "deploy"; readonly wish: number; readonly endpoint: number } & Run & Saved)
  | ({ readonly do: "redeploy" } & Run & Saved)
  | ({ readonly do: "delete" } & Run)
  | { readonly do: "lose-record" }
  | { readonly do: "restore-record"; readonly pick: number }
  | { readonly do: "remove-by-hand"; readonly pick: number }
  | { readonly do: "add-stranger"; readonly kind: StrangerKind; readonly place: number }
  | { readonly do: "pass"; readonly hours: number };

interface Saved {
  /** Whether the run gets to save its record. */
  readonly isSaved: boolean;
}

const strangerKinds = [
  "elsewhere",
  "at our endpoint",
  "at our endpoint, with another mark",
  "elsewhere, with our mark",
] as const;
export type StrangerKind = (typeof strangerKinds)[number];

const status = (...statuses: readonly number[]): fc.Arbitrary<Fault> =>
  fc.constantFrom(...statuses).map((code) => ({ kind: "status", status: code }));

const retryAfter = fc.oneof(
  fc.integer({ min: 0, max: 40 }).map(String),
  fc.constantFrom("Thu, 01 Jan 2026 00:00:10 GMT", "soon"),
);

const faults: fc.Arbitrary<Fault> = fc.oneof(
  fc.constant<Fault>({ kind: "unreachable" }),
  fc.constant<Fault>({ kind: "answer-lost" }),
  status(400, 403, 404, 409, 500, 502, 503),
  fc.constantFrom(500, 502, 503).map((code): Fault => ({ kind: "status-after", status: code })),
  retryAfter.map(
    (time): Fault => ({ kind: "status", status: 429, headers: { "retry-after": time } }),
  ),
  fc.constantFrom(400, 403).map((code): Fault => ({ kind: "echo", status: code })),
  fc.record({
    kind: fc.constant("slow" as const),
    milliseconds: fc.integer({ min: 1_000, max: 40_000 }),
    isPerformed: fc.boolean(),
  }),
  fc.constant<Fault>({ kind: "repeated-page" }),
  fc.record({ kind: fc.constant("crash" as const), isPerformed: fc.boolean() }),
);

const trouble: fc.Arbitrary<Trouble> = fc.record({
  with: fc.constantFrom("any", "any", "GET", "POST", "PUT", "DELETE"),
  skip: fc.nat(4),
  times: fc.constantFrom(1, 1, 2, 3, 100),
  fault: faults,
});

const troubles = fc.oneof(
  { weight: 2, arbitrary: fc.constant([]) },
  { weight: 3, arbitrary: fc.array(trouble, { minLength: 1, maxLength: 3 }) },
);

const isSaved = fc.oneof(
  { weight: 4, arbitrary: fc.constant(true) },
  { weight: 1, arbitrary: fc.constant(false) },
);

const deploy = fc.record({
  do: fc.constant("deploy" as const),
  wish: fc.nat(wishes.length - 1),
  endpoint: fc.constantFrom(0, 0, 0, 1),
  troubles,
  isSaved,
});

const steps: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: deploy },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant("redeploy" as const), troubles, isSaved }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("delete" as const), troubles }) },
  { weight: 1, arbitrary: fc.constant<Step>({ do: "lose-record" }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant("restore-record" as const), pick: fc.nat(5) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant("remove-by-hand" as const), pick: fc.nat(5) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("add-stranger" as const),
      kind: fc.constantFrom(...strangerKinds),
      place: fc.nat(1),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("pass" as const),
      hours: fc.constantFrom(1, 20, 40, 80),
    }),
  },
);

/** What may happen to one flow, up to the moment when everything works again. */
export const histories = fc.array(steps, { minLength: 1, maxLength: 9, size: "max" });

/** Decides by the troubles which calls of a run go wrong. */
export const toChooser = (list: readonly Trouble[]) => {
  const counts = list.map(() => 0);
  return ({ method }: ReceivedCall): Fault | undefined => {
    const hits = list.map((one, index) => {
      if (one.with !== "any" && one.with !== method) return false;
      const count = counts[index]!;
      counts[index] = count + 1;
      return count >= one.skip && count < one.skip + one.times;
    });
    return list[hits.indexOf(true)]?.fault;
  };
};
