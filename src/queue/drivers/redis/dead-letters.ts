import type { QueueDriver } from "../../driver";
import { checkCursor } from "../../limits";
import type { DeadLetter } from "../../message";
import { readRecord } from "./record";
import type { Request } from "./request";
import type { Script } from "./script";
import { fromCarried } from "./text";

/** More than a run can hold in memory, or than arrives in time; a page then has fewer dead letters. */
const MOST_BYTES = 16_777_216;

/** One more than asked for is looked at, to tell whether this is the last page. */
const list: Script = {
  parts: ["figures", "dead", "letters"],
  lua: `
local limit = tonumber(ARGV[2])
local ids = redis.call('ZRANGEBYSCORE', LETTERS, '(' .. ARGV[1], '+inf', 'LIMIT', 0, limit + 1)
local answers, last, bytes = {}, '', 0
for index = 1, math.min(#ids, limit) do
  local packed = redis.call('HGET', DEAD, ids[index])
  bytes = bytes + #packed
  if index > 1 and bytes > ${MOST_BYTES} then break end
  local position, key, attempt, deadAt, blocks, reason, record = cmsgpack.unpack(packed)
  last = position
  answers[index] = {key, attempt, deadAt, blocks, reason, record}
end
return {#ids > #answers and last or '', answers}
`,
};

type Row = readonly [string, number, number, number, string, string];

const toDeadLetter = ([key, attempt, deadAt, blocks, reason, record]: Row): DeadLetter => ({
  ...readRecord(record),
  orderingKey: fromCarried(key),
  attempt,
  reason: fromCarried(reason),
  deadAt: new Date(deadAt),
  isBlocking: blocks === 1,
});

/** The position of the last dead letter that was listed. */
const CURSOR = /^\d{1,16}$/;

export const createListDeadLetters =
  (request: Request): QueueDriver["listDeadLetters"] =>
  async (queue, { limit, cursor }) => {
    const answer = await request(list, queue, [checkCursor(cursor ?? "0", CURSOR), limit]);
    const [next, rows] = answer as [string, readonly Row[]];
    return { deadLetters: rows.map(toDeadLetter), cursor: next === "" ? null : next };
  };
