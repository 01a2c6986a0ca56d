/**
 * A Lua function over those of `keyState`: keys whose delay or lease has ended are ready, in the turn that they had. A
 * lease that ended is lost from then on, even if the clock should jump back.
 *
 * It takes the most overdue ones only, so that no call is slow; the next one goes on.
 */
export const wake = `
local function wake(most)
  for _, key in ipairs(redis.call('ZRANGEBYSCORE', WAITING, '-inf', now, 'LIMIT', 0, most)) do
    local s = load(key)
    leave(s)
    ready(s)
  end
end
`;
