import type { QueuePart } from "./queue-keys";

/** What `keyState` touches. */
export const keyStateParts: readonly QueuePart[] = [
  "meta",
  "messages",
  "links",
  "states",
  "ready",
  "waiting",
  "heads",
];

/**
 * Lua functions on one ordering key with a backlog, or one that waits for a dead letter.
 *
 * Its messages are a chain from `head` over LINKS to `tail`. `due` is when the head may be leased first; 0 if it was not
 * delayed, and then no clock counts. `mode` is where the key is:
 *
 * - `r`: in READY
 * - `d`: in WAITING for a delay
 * - `l`: in WAITING for the end of a lease: `token`, `expires`, and the `leased` messages from `head` to `last`
 * - `b`: nowhere; `token` is the id of the dead letter that it waits for
 *
 * A script whose first write takes memory is refused by a server that has none left, as a whole; so those that make room
 * begin with one that takes none (HDEL, ZREM, ZPOPMIN), and work on a full server.
 *
 * Numbers go into texts by `%.0f` only: `..` would round those above 14 digits. Nothing taken away is -0, which Redis
 * does not take for a whole number.
 */
export const keyState = `
local function nextNumber() return redis.call('HINCRBY', META, 'counter', 1) end
local function toText(number) return string.format('%.0f', number) end
local function count(name, change)
  if change ~= 0 then redis.call('HINCRBY', META, name, change) end
end

local function load(key)
  local packed = redis.call('HGET', STATES, key)
  if not packed then return nil end
  local s = {key = key}
  s.mode, s.head, s.due, s.tail, s.count, s.attempt, s.turn, s.token, s.expires, s.last, s.leased =
    cmsgpack.unpack(packed)
  return s
end

local function save(s)
  redis.call('HSET', STATES, s.key, cmsgpack.pack(s.mode, s.head, s.due, s.tail, s.count, s.attempt, s.turn,
    s.token, s.expires, s.last, s.leased))
end

local function leave(s)
  if s.mode == 'r' then redis.call('ZREM', READY, s.key)
  elseif s.mode == 'b' then
    count('blocked', -s.count)
    count('blockedKeys', -1)
  else
    redis.call('ZREM', WAITING, s.key)
    if s.mode == 'l' then count('leased', -s.leased) else count('delayed', -s.count) end
  end
  s.token, s.expires, s.last, s.leased = '', 0, 0, 0
end

local function ready(s)
  s.mode = 'r'
  redis.call('ZADD', READY, s.turn, s.key)
  save(s)
end

local function place(s, due)
  if s.count == 0 then
    redis.call('HDEL', STATES, s.key)
  elseif due > now then
    s.mode = 'd'
    redis.call('ZADD', WAITING, due, s.key)
    count('delayed', s.count)
    save(s)
  else ready(s) end
end

local function block(s, id)
  s.mode, s.token = 'b', id
  count('blocked', s.count)
  count('blockedKeys', 1)
  save(s)
end

local function follow(position)
  local link = redis.call('HGET', LINKS, position)
  if not link then return nil end
  local space = string.find(link, ' ', 1, true)
  if not space then return tonumber(link), 0 end
  return tonumber(string.sub(link, 1, space - 1)), tonumber(string.sub(link, space + 1))
end

local function toLink(position, due)
  if due == 0 then return toText(position) end
  return toText(position) .. ' ' .. toText(due)
end

local function setHead(s, position, due)
  s.head, s.due = position, due
  redis.call('ZADD', HEADS, position, s.key)
end

local function shift(s)
  redis.call('HDEL', MESSAGES, s.head)
  s.count = s.count - 1
  if s.count == 0 then
    s.head, s.due, s.tail = 0, 0, 0
    redis.call('ZREM', HEADS, s.key)
  else
    local position, due = follow(s.head)
    redis.call('HDEL', LINKS, s.head)
    setHead(s, position, due)
  end
end

local function append(key, position, due, record)
  redis.call('HSET', MESSAGES, position, record)
  local s = load(key)
  if not s then
    s = {key = key, tail = position, count = 1, attempt = 0, turn = nextNumber(), token = '', expires = 0, last = 0,
      leased = 0}
    setHead(s, position, due)
    place(s, due)
    return
  end
  if s.count == 0 then setHead(s, position, due)
  else redis.call('HSET', LINKS, s.tail, toLink(position, due)) end
  s.tail, s.count = position, s.count + 1
  if s.mode == 'd' then count('delayed', 1) elseif s.mode == 'b' then count('blocked', 1) end
  save(s)
end
`;
