import type { QueuePart } from "../queue-keys";

/** What the Lua functions on ordering keys touch. */
export const keyParts: readonly QueuePart[] = [
  "figures",
  "messages",
  "links",
  "states",
  "ready",
  "leases",
  "delays",
  "heads",
];

/**
 * Lua functions that read and write the state of an ordering key with a backlog, or of one that waits for a dead letter.
 *
 * Its messages are a chain from `head` over LINKS to `tail`. `due` is when the head may be leased first; 0 if it was not
 * delayed, and then no clock counts. `mode` is where the key is:
 *
 * - `r`: in READY, once
 * - `d`: in DELAYS
 * - `l`: in LEASES: `token`, `expires`, and the `leased` messages from `head` to `last`
 * - `b`: nowhere; `token` is the id of the dead letter that it waits for
 *
 * Positions are texts, because Redis takes long to turn Lua's numbers into texts, and `..` rounds those above 14 digits.
 */
export const keyState = `
local function toText(number) return string.format('%.0f', number) end

local function load(key)
  local packed = redis.call('HGET', STATES, key)
  if not packed then return nil end
  local mode, head, due, tail, count, attempt, token, expires, last, leased = cmsgpack.unpack(packed)
  return {key = key, mode = mode, head = head, due = due, tail = tail, count = count, attempt = attempt,
    token = token, expires = expires, last = last, leased = leased}
end

local function save(s)
  local packed
  if s.mode == 'l' then
    packed = cmsgpack.pack(s.mode, s.head, s.due, s.tail, s.count, s.attempt, s.token, s.expires, s.last, s.leased)
  elseif s.mode == 'b' then
    packed = cmsgpack.pack(s.mode, s.head, s.due, s.tail, s.count, s.attempt, s.token)
  else packed = cmsgpack.pack(s.mode, s.head, s.due, s.tail, s.count, s.attempt) end
  redis.call('HSET', STATES, s.key, packed)
end
`;
