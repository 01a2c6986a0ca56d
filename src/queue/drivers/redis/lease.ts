import { randomUUID } from "node:crypto";
import type { QueueDriver } from "../../driver";
import type { LeasedMessage } from "../../message";
import { keyChain } from "./lua/key-chain";
import { keyBlock, keyModes } from "./lua/key-modes";
import { keyParts, keyState } from "./lua/key-state";
import { setAside } from "./lua/set-aside";
import { wake } from "./lua/wake";
import { readRecord } from "./record";
import { toReference } from "./reference";
import type { Request } from "./request";
import type { Script } from "./script";
import { fromCarried, toCarried } from "./text";

/** At most a thousand exhausted messages are set aside in a call, so that no call is slow; the next one goes on. */
const script: Script = {
  parts: [...keyParts, "dead", "letters"],
  lua: `${keyState}${keyModes}${keyBlock}${keyChain}${setAside}${wake}
local room, perKey, expires = tonumber(ARGV[1]), tonumber(ARGV[2]), now + ARGV[3]
local token, mostAttempts, blocks, reason = ARGV[4], tonumber(ARGV[5]), tonumber(ARGV[6]), ARGV[7]
local answers, expiresText = {}, toText(expires)

local function isWithoutHead(s)
  if s.attempt < mostAttempts then return false end
  local id = setAside(s, reason, blocks)
  s.attempt = 0
  if blocks == 1 then block(s, id)
  elseif s.count == 0 or s.due > now then place(s, s.due)
  else return false end
  return true
end

local function grant(s)
  s.mode, s.token, s.expires, s.attempt = 'l', token, expires, s.attempt + 1
  local most, position, attempt, leased = math.min(perKey, room), s.head, s.attempt, 0
  repeat
    answers[#answers + 1] = {s.key, position, attempt, redis.call('HGET', MESSAGES, position)}
    s.last, attempt, leased = position, 1, leased + 1
    if leased == most or position == s.tail then break end
    local due
    position, due = follow(position)
  until due > now
  s.leased, room = leased, room - leased
  redis.call('ZADD', LEASES, expiresText, s.key)
  save(s)
end

wake(room > 100 and ARGV[1] or '100')
local patience = room + 1000
while room > 0 and patience > 0 do
  local key = redis.call('LPOP', READY)
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
    const token = randomUUID().replaceAll("-", "");
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
