/** Lua functions over those of `keyState`: the message behind another one, and to take the first one off. */
export const keyChain = `
local function follow(position)
  local link = redis.call('HGET', LINKS, position)
  local space = string.find(link, ' ', 1, true)
  if not space then return link, 0 end
  return string.sub(link, 1, space - 1), tonumber(string.sub(link, space + 1))
end

local function shift(s)
  local head = s.head
  redis.call('HDEL', MESSAGES, head)
  s.count = s.count - 1
  if s.count == 0 then
    redis.call('ZREM', HEADS, s.key)
  else
    s.head, s.due = follow(head)
    redis.call('HDEL', LINKS, head)
  end
end
`;

/** Lua functions over those of `keyState` and `keyModes`: to put a message behind the last one. */
export const keyAppend = `
local function nextPosition() return toText(redis.call('HINCRBY', FIGURES, 'counter', '1')) end

local function toLink(position, due)
  if due == 0 then return position end
  return position .. ' ' .. toText(due)
end

local function begin(s, position, due)
  s.head, s.due, s.tail = position, due, position
  redis.call('ZADD', HEADS, position, s.key)
end

local function append(key, position, due, record)
  redis.call('HSET', MESSAGES, position, record)
  local s = load(key)
  if not s then
    s = {key = key, count = 1, attempt = 0}
    begin(s, position, due)
    place(s, due)
    return
  end
  if s.count == 0 then begin(s, position, due)
  else
    redis.call('HSET', LINKS, s.tail, toLink(position, due))
    s.tail = position
  end
  s.count = s.count + 1
  if s.mode == 'd' then count('delayed', 1) elseif s.mode == 'b' then count('blocked', 1) end
  save(s)
end
`;
