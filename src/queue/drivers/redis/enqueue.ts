import type { QueueDriver } from "../../driver";
import type { Enqueued } from "../../message";
import { keyState, keyStateParts } from "./key-state";
import { toRecordEnd } from "./record";
import type { Request } from "./request";
import { LAYOUT, type Script } from "./script";
import { toCarried } from "./text";

/** Dedupe keys whose window has ended are forgotten a few at a time, so that no call is slow. */
const script: Script = {
  parts: [...keyStateParts, "seen", "windows"],
  lua: `${keyState}
if not layout then redis.call('HSET', META, 'layout', '${LAYOUT}') end
local windowEnd = now + ARGV[1]
local answers = {}
for index = 2, #ARGV, 4 do
  local key, dedupeKey, delay = ARGV[index], ARGV[index + 1], tonumber(ARGV[index + 2])
  local id, windowEnds = string.match(redis.call('HGET', SEEN, dedupeKey) or '', '^(%d+) (%d+)')
  local isRepeat = id and tonumber(windowEnds) > now
  if not isRepeat then
    local position = nextNumber()
    id = toText(position)
    redis.call('HSET', SEEN, dedupeKey, id .. ' ' .. toText(windowEnd))
    redis.call('ZADD', WINDOWS, windowEnd, dedupeKey)
    local due = 0
    if delay > 0 then due = now + delay end
    append(key, position, due, toText(now) .. ' ' .. id .. ' ' .. ARGV[index + 3])
  end
  answers[#answers + 1] = isRepeat and 1 or 0
  answers[#answers + 1] = id
end
for _, dedupeKey in ipairs(redis.call('ZRANGEBYSCORE', WINDOWS, '-inf', now, 'LIMIT', 0, math.min(#answers, 1000))) do
  redis.call('ZREM', WINDOWS, dedupeKey)
  redis.call('HDEL', SEEN, dedupeKey)
end
return answers
`,
};

const toEnqueued = (answers: readonly (string | number)[]): readonly Enqueued[] =>
  answers.flatMap((id, index) =>
    index % 2 === 0
      ? []
      : { status: answers[index - 1] === 1 ? "duplicate" : "enqueued", id: String(id) },
  );

export const createEnqueue =
  (request: Request): QueueDriver["enqueue"] =>
  async (queue, messages, dedupeWindowSeconds) => {
    const values = messages.flatMap((message) => [
      toCarried(message.orderingKey),
      toCarried(message.dedupeKey),
      message.delaySeconds * 1000,
      toRecordEnd(message),
    ]);
    const answer = await request(script, queue, [dedupeWindowSeconds * 1000, ...values]);
    return toEnqueued(answer as (string | number)[]);
  };
