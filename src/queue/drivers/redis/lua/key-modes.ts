/**
 * Lua functions over those of `keyState` that move a key: `leave` takes it from where it is, and `place` puts one that is
 * nowhere where it belongs.
 *
 * A key that becomes ready goes to the back of READY, wherever it comes from, so that none starves another.
 *
 * A script whose first write takes memory is refused by a server that has none left, as a whole; so those that make room
 * begin with one that takes none (HDEL, ZREM, LPOP), and work on a full server.
 */
export const keyModes = `
local function count(name, change)
  if change ~= 0 then redis.call('HINCRBY', FIGURES, name, change) end
end

local function leave(s)
  if s.mode == 'l' then redis.call('ZREM', LEASES, s.key)
  elseif s.mode == 'd' then
    redis.call('ZREM', DELAYS, s.key)
    count('delayed', -s.count)
  elseif s.mode == 'b' then
    count('blocked', -s.count)
    count('blockedKeys', -1)
  end
end

local function ready(s)
  s.mode = 'r'
  redis.call('RPUSH', READY, s.key)
  save(s)
end

local function place(s, due)
  if s.count == 0 then
    redis.call('HDEL', STATES, s.key)
  elseif due > now then
    s.mode = 'd'
    redis.call('ZADD', DELAYS, toText(due), s.key)
    count('delayed', s.count)
    save(s)
  else ready(s) end
end
`;

/** A Lua function over those: the key goes on when the dead letter is redriven or discarded. */
export const keyBlock = `
local function block(s, id)
  s.mode, s.token = 'b', id
  count('blocked', s.count)
  count('blockedKeys', 1)
  save(s)
end
`;
