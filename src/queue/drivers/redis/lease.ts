import { randomBytes } from "node:crypto";
import type { QueueDriver } from "../../driver";
import type { LeasedMessage } from "../../message";
import { keyState, keyStateParts } from "./key-state";
import { readRecord } from "./record";
import { toReference } from "./reference";
import type { Request } from "./request";
import type { Script } from "./script";
import { setAside } from "./set-aside";
import { fromCarried, toCarried } from "./text";
import { wake } from "./wake";

/** At most a thousand exhausted messages are set aside in a call, so that no call is slow; the next one goes on. */
const script: Script = {
  parts: [...keyStateParts, "dead", "letters"],
  lua: `${keyState}${setAside}${wake}
local room, perKey, expires = tonumber(ARGV[1]), tonumber(ARGV[2]), now + ARGV[3]
local token, mostAttempts, blocks, reason = ARGV[4], tonumber(ARGV[5]), tonumber(ARGV[6]), ARGV[7]
local answers = {}

local function isWithoutHead(s)
  if s.attempt < mostAttempts then return false end
  local id = setAside(s, reason, blocks)
  s.attempt, s.turn = 0, nextNumber()
  if blocks == 1 then block(s, id)
  elseif s.count == 0 or s.due > now then place(s, s.due)
  else return false end
  return true
end

local function grant(s)
  s.mode, s.token, s.expires, s.attempt = 'l', token, expires, s.attempt + 1
  local position, due, attempt = s.head, 0, s.attempt
  while position and due <= now and s.leased < perKey and room > 0 do
    answers[#answers + 1] = {s.key, toText(position), attempt, redis.call('HGET', MESSAGES, position)}
    s.last, s.leased, room, attempt = position, s.leased + 1, room - 1, 1
    if s.leased < perKey and room > 0 then position, due = follow(position) end
  end
  count('leased', s.leased)
  redis.call('ZADD', WAITING, expires, s.key)
  save(s)
end

wake(room + 100)
local patience = room + 1000
while room > 0 and patience > 0 do
  local key = redis.call('ZPOPMIN', READY)[1]
  if not key then break end
  local s = load(key)
  if not isWithoutHead(s) then grant(s) end
  patience = patience - 1
end
return {expires, answers}
`,
};

/** Key, position, attempt and record of a message. */
type Row = readonly [string, string, number, string];

type Answer = readonly [number, readonly Row[]];

const toLeased = ([expires, rows]: Answer, token: string): readonly LeasedMessage[] => {
  const expiresAt = new Date(expires);
  return rows.map(([key, position, attempt, record]) => {
    const orderingKey = fromCarried(key);
    const reference = toReference({ orderingKey, position, token });
    return { ...readRecord(record), orderingKey, attempt, reference, expiresAt };
  });
};

export const createLease =
  (request: Request): QueueDriver["lease"] =>
  async (queue, wish) => {
    const token = randomBytes(16).toString("hex");
    const answer = await request(script, queue, [
      wish.maximumMessages,
      wish.maximumPerKey,
      wish.leaseSeconds * 1000,
      token,
      wish.maximumAttempts,
      wish.onExhausted === "block" ? 1 : 0,
      toCarried(wish.exhaustedReason),
    ]);
    return toLeased(answer as Answer, token);
  };
