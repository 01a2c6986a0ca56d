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

/** More than a run can hold in memory, or than arrives in time, would never be settled; a lease then has fewer messages. */
const MOST_BYTES = 16_777_216;

/** At most a thousand exhausted messages are set aside in a call, so that no call is slow; the next one goes on. */
const script: Script = {
  parts: [...keyParts, "dead", "letters"],
  lua: `${keyState}${keyModes}${keyBlock}${keyChain}${setAside}${wake}
local room, perKey, expires = tonumber(ARGV[1]), tonumber(ARGV[2]), now + ARGV[3]
local token, mostAttempts, blocks, reason = ARGV[4], tonumber(ARGV[5]), tonumber(ARGV[6]), ARGV[7]
local answers, expiresText, bytes = {}, toText(expires), 0

local function isWithoutHead(s)
  if s.attempt < mostAttempts then return false end
  local id = setAside(s, reason, blocks)
  s.attempt = 0
  if blocks == 1 then block(s, id)
  elseif s.count == 0 or s.due > now then place(s, s.due)
  else return false end
  return true
end

local function isTooMuch(record)
  bytes = bytes + #record
  return bytes > ${MOST_BYTES} and #answers > 0
end

local function grant(s)
  local most, position, attempt, leased = math.min(perKey, room), s.head, s.attempt + 1, 0
  local due
  repeat
    local record = redis.call('HGET', MESSAGES, position)
    if isTooMuch(record) then break end
    answers[#answers + 1] = {s.key, position, attempt, record}
    s.last, attempt, leased = position, 1, leased + 1
    if leased == most or position == s.tail then break end
    position, due = follow(position)
  until due > now
  if leased == 0 then
    redis.call('LPUSH', READY, s.key)
    save(s)
    return
  end
  s.mode, s.token, s.expires, s.attempt = 'l', token, expires, s.attempt + 1
  s.leased, room = leased, room - leased
  redis.call('ZADD', LEASES, expiresText, s.key)
  save(s)
end

wake(room > 100 and ARGV[1] or '100')
local patience = room + 1000
while room > 0 and patience > 0 and bytes < ${MOST_BYTES} do
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
