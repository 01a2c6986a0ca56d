import type { QueueDriver } from "../../driver";
import type { KeyStatus } from "../../queue-status";
import { keyModes } from "./lua/key-modes";
import { keyParts, keyState } from "./lua/key-state";
import { wake } from "./lua/wake";
import type { Request } from "./request";
import type { Script } from "./script";
import { fromCarried } from "./text";

/** So many keys are looked at for the oldest, so that no call is slow. */
const MOST = 10_000;

/**
 * The first message of a key is behind its position in HEADS when others before it were acknowledged. This brings those
 * up to date that it comes by, so that acknowledging need not.
 *
 * Where a thousand keys before it are not ready, the hundred whose turn is next stand for the oldest ready one.
 */
const oldest = `
local function age(s)
  local record = redis.call('HGET', MESSAGES, s.head)
  return math.max(0, now - tonumber(string.match(record, '^%d+')))
end

local function oldestKeys()
  local keys, oldestReady, index = {}, nil, 0
  for _ = 1, ${MOST} do
    if index == 1000 or (index >= 10 and oldestReady) then break end
    local head = redis.call('ZRANGE', HEADS, index, index, 'WITHSCORES')
    if not head[1] then break end
    local s = load(head[1])
    if tonumber(s.head) > tonumber(head[2]) then redis.call('ZADD', HEADS, s.head, s.key)
    else
      index = index + 1
      if index <= 10 then keys[index] = {s.key, s.count, age(s), s.mode} end
      if s.mode == 'r' then oldestReady = oldestReady or age(s) end
    end
  end
  return keys, oldestReady
end

local function oldestInTurn()
  local oldest = nil
  for _, key in ipairs(redis.call('LRANGE', READY, 0, 99)) do oldest = math.max(oldest or 0, age(load(key))) end
  return oldest
end
`;

/** Leased keys are counted one by one, which makes leasing and acknowledging cheaper: consumers hold few. */
const script: Script = {
  parts: [...keyParts, "letters"],
  lua: `${keyState}${keyModes}${wake}${oldest}
wake('1000')
local function number(name) return tonumber(redis.call('HGET', FIGURES, name) or 0) end
local leased = 0
for _, key in ipairs(redis.call('ZRANGE', LEASES, 0, -1)) do leased = leased + load(key).leased end
local keys, oldestReady = oldestKeys()
return {redis.call('HLEN', MESSAGES), leased, number('delayed'), number('blocked'), number('blockedKeys'),
  redis.call('ZCARD', LETTERS), oldestReady or oldestInTurn() or '', keys}
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
