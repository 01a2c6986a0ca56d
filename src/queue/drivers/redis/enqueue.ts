import type { QueueDriver } from "../../driver";
import type { Enqueued } from "../../message";
import { keyAppend } from "./lua/key-chain";
import { keyModes } from "./lua/key-modes";
import { keyParts, keyState } from "./lua/key-state";
import { toRecordEnd } from "./record";
import type { Request } from "./request";
import { LAYOUT, type Script } from "./script";
import { toCarried } from "./text";

/**
 * Dedupe keys whose window has ended are forgotten a few at a time, so that no call is slow. One that was enqueued again
 * after its window stands in WINDOWS twice.
 */
const script: Script = {
  parts: [...keyParts, "seen", "windows"],
  lua: `${keyState}${keyModes}${keyAppend}
if not layout then redis.call('HSET', FIGURES, 'layout', '${LAYOUT}') end
local windowEnd, enqueuedAt = toText(now + ARGV[1]), toText(now) .. ' '
local answers = {}

local function readSeen(dedupeKey)
  local known = redis.call('HGET', SEEN, dedupeKey)
  if not known then return nil end
  local space = string.find(known, ' ', 1, true)
  return string.sub(known, 1, space - 1), tonumber(string.sub(known, space + 1))
end

for index = 2, #ARGV, 4 do
  local key, dedupeKey, delay = ARGV[index], ARGV[index + 1], tonumber(ARGV[index + 2])
  local id, windowEnds = readSeen(dedupeKey)
  local isRepeat = id and windowEnds > now
  if not isRepeat then
    id = nextPosition()
    redis.call('HSET', SEEN, dedupeKey, id .. ' ' .. windowEnd)
    redis.call('RPUSH', WINDOWS, windowEnd .. ' ' .. dedupeKey)
    local due = 0
    if delay > 0 then due = now + delay end
    append(key, id, due, enqueuedAt .. id .. ' ' .. ARGV[index + 3])
  end
  answers[#answers + 1] = isRepeat and 1 or 0
  answers[#answers + 1] = id
end
for _ = 1, math.min(#answers, 1000) do
  local oldest = redis.call('LINDEX', WINDOWS, 0)
  if not oldest then break end
  local space = string.find(oldest, ' ', 1, true)
  if tonumber(string.sub(oldest, 1, space - 1)) > now then break end
  redis.call('LPOP', WINDOWS)
  local _, windowEnds = readSeen(string.sub(oldest, space + 1))
  if windowEnds and windowEnds <= now then redis.call('HDEL', SEEN, string.sub(oldest, space + 1)) end
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
