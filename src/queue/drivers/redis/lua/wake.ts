/**
 * A Lua function over those of `keyState` and `keyModes`: keys whose delay or lease has ended are ready. A lease that ended is lost from
 * then on, even if the clock should jump back.
 *
 * It takes the most overdue ones only, so that no call is slow; the next one goes on.
 */
export const wake = `
local function wakeFrom(place, nowText, most)
  for _, key in ipairs(redis.call('ZRANGEBYSCORE', place, '-inf', nowText, 'LIMIT', '0', most)) do
    local s = load(key)
    leave(s)
    ready(s)
  end
end

local function wake(most)
  local nowText = toText(now)
  wakeFrom(LEASES, nowText, most)
  wakeFrom(DELAYS, nowText, most)
end
`;
