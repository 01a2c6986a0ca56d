import type { Fields } from "../../../connections/connection";
import { toChunks } from "../../chunks";
import type { Claim, QueueDriver } from "../../driver";
import { acknowledge } from "./acknowledge";
import { createSqsClient } from "./client";
import { listDeadLetters } from "./dead-letters/list";
import { redrive } from "./dead-letters/redrive";
import { setAside } from "./dead-letters/set-aside";
import { takeDeadLetters } from "./dead-letters/take";
import type { SqsEngine } from "./engine";
import { enqueue } from "./enqueue";
import { ensure } from "./ensure";
import { lease } from "./lease";
import { createQueueUrls } from "./queue-urls";
import { remove } from "./remove";
import { readSqsSettings } from "./settings";
import { readStatus } from "./status";
import { sqsTraits } from "./traits";
import { changeVisibility } from "./visibility";
import { createVisits } from "./visit";

export interface SqsDriverOptions {
  /** `SqsEngine.patienceSeconds`, 0 to 20; one where not given. */
  readonly patienceSeconds?: number;
  /** How long an answer may take before the call is tried again; ten seconds where not given. */
  readonly answerMilliseconds?: number;
}

/** One call each, because nothing says that a batch tells of lost leases; ten at a time, as connections are few. */
const inTens = async <Answer>(
  claims: readonly Claim[],
  settle: (claim: Claim) => Promise<Answer>,
): Promise<readonly Answer[]> => {
  const answers: Answer[] = [];
  for (const ten of toChunks(claims, 10)) answers.push(...(await Promise.all(ten.map(settle))));
  return answers;
};

/**
 * FIFO queues of Amazon SQS: a message group for each ordering key, visibility timeouts as leases.
 *
 * @throws HooklineError CONNECTION_INVALID for fields that cannot be right.
 */
export const openSqsDriver = (
  fields: Fields,
  { patienceSeconds = 1, answerMilliseconds }: SqsDriverOptions = {},
): QueueDriver => {
  const settings = readSqsSettings(fields);
  const client = createSqsClient(settings, answerMilliseconds);
  const engine: SqsEngine = { call: client.call, urls: createQueueUrls(client), patienceSeconds };

  const { use, settle } = createVisits(engine);
  const acknowledgeOne: QueueDriver["acknowledge"] = (claim) =>
    settle(claim, (held, url) => acknowledge(engine, url, held));
  return {
    traits: sqsTraits,
    place: [settings.region, settings.endpoint?.host].filter(Boolean).join(" "),
    enqueue: (queue, messages) =>
      use(queue, async (_, url) => enqueue(engine, await url(), messages)),
    lease: (queue, request) => use(queue, (names) => lease(engine, names, request)),
    extend: (claim, seconds) =>
      settle(claim, (held, url) => changeVisibility(engine, url, held, seconds)),
    acknowledge: acknowledgeOne,
    acknowledgeAll: (claims) => inTens(claims, acknowledgeOne),
    release: (claim, delaySeconds) =>
      settle(claim, (held, url) => changeVisibility(engine, url, held, delaySeconds)),
    deadLetter: (claim, { reason }) =>
      settle(claim, (held, _, names) => setAside(engine, names, held, reason)),
    stats: (queue) => use(queue, (names) => readStatus(engine, names)),
    listDeadLetters: (queue, page) =>
      use(queue, async ({ deadLetters }) =>
        listDeadLetters(engine, await engine.urls.of(deadLetters), page),
      ),
    redrive: (queue, ids) => use(queue, (names) => redrive(engine, names, ids)),
    discard: (queue, ids) =>
      use(queue, async ({ deadLetters }) =>
        takeDeadLetters(engine, await engine.urls.of(deadLetters), ids, async () => undefined),
      ),
    ensure: (queue) => use(queue, (names) => ensure(engine, names)),
    remove: (queue) => use(queue, (names) => remove(engine, names)),
    close: async () => client.close(),
  };
};
