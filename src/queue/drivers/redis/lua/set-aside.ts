/** A Lua function over those of `keyChain`: the head becomes a dead letter, and its id is the answer. */
export const setAside = `
local function setAside(s, reason, blocks)
  local position = s.head
  local record = redis.call('HGET', MESSAGES, position)
  local id = string.match(record, '^%d+ (%d+)')
  shift(s)
  redis.call('HSET', DEAD, id, cmsgpack.pack(position, s.key, s.attempt, now, blocks, reason, record))
  redis.call('ZADD', LETTERS, position, id)
  return id
end
`;
