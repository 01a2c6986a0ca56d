import type { QueueDriver } from "../../driver";
import type { KeyStatus } from "../../queue-status";
import { keyState, keyStateParts } from "./key-state";
import type { Request } from "./request";
import type { Script } from "./script";
import { fromCarried } from "./text";
import { wake } from "./wake";

/**
 * The oldest ready message is the first of a ready key, by position. Where a thousand keys before it are not ready, the
 * hundred whose turn is next stand for all, so that no call is slow.
 */
const script: Script = {
  parts: [...keyStateParts, "letters"],
  lua: `${keyState}${wake}
wake(1000)

local function age(s)
  local record = redis.call('HGET', MESSAGES, s.head)
  return math.max(0, now - tonumber(string.match(record, '^%d+')))
end

local function oldestReady()
  for _, key in ipairs(redis.call('ZRANGE', HEADS, 0, 999)) do
    if redis.call('ZSCORE', READY, key) then return age(load(key)) end
  end
  local oldest = nil
  for _, key in ipairs(redis.call('ZRANGE', READY, 0, 99)) do oldest = math.max(oldest or 0, age(load(key))) end
  return oldest
end

local function number(name) return tonumber(redis.call('HGET', META, name) or 0) end
local keys = {}
for _, key in ipairs(redis.call('ZRANGE', HEADS, 0, 9)) do
  local s = load(key)
  keys[#keys + 1] = {s.key, s.count, age(s), s.mode}
end
return {redis.call('HLEN', MESSAGES), number('leased'), number('delayed'), number('blocked'), number('blockedKeys'),
  redis.call('ZCARD', LETTERS), oldestReady() or '', keys}
`,
};

const states: Readonly<Record<string, KeyStatus["state"]>> = {
  r: "ready",
  d: "delayed",
  l: "leased",
  b: "blocked",
};

type KeyRow = readonly [string, number, number, string];

const toKeyStatus = ([key, messages, age, mode]: KeyRow): KeyStatus => ({
  orderingKey: fromCarried(key),
  messages,
  waitingSeconds: age / 1000,
  state: states[mode] ?? "ready",
});

type Row = readonly [
  number,
  number,
  number,
  number,
  number,
  number,
  number | "",
  readonly KeyRow[],
];

export const createStats =
  (request: Request): QueueDriver["stats"] =>
  async (queue) => {
    const row = (await request(script, queue, [])) as Row;
    const [messages, leased, delayed, blocked, blockedKeys, dead, oldest, keys] = row;
    return {
      ready: messages - leased - delayed - blocked,
      delayed,
      leased,
      blocked,
      dead,
      blockedKeys,
      oldestReadySeconds: oldest === "" ? null : oldest / 1000,
      oldestKeys: keys.map(toKeyStatus),
    };
  };
