import type { QueueDriver } from "../../driver";
import { describeDurability } from "./durability";
import { queueParts } from "./queue-keys";
import type { Request } from "./request";
import { LAYOUT, type Script } from "./script";
import type { Fleet } from "./server/fleet";

/** A key of another type is somebody else's: what later calls would only find out in the middle. */
const ensure: Script = {
  parts: queueParts,
  lua: `
local types = {ready = 'list', windows = 'list', leases = 'zset', delays = 'zset', heads = 'zset', letters = 'zset'}
for _, key in ipairs(KEYS) do
  local found = redis.call('TYPE', key).ok
  local wanted = types[string.match(key, '(%a+)$')] or 'hash'
  if found ~= 'none' and found ~= wanted then return redis.error_reply('WRONGTYPE ' .. found) end
end
redis.call('HSET', FIGURES, 'layout', '${LAYOUT}')
return 1
`,
};

/** Frees the memory in the background, so that nobody waits for it. */
const remove: Script = {
  parts: queueParts,
  lua: "return redis.call('UNLINK', unpack(KEYS))",
};

export const createUpkeep = (
  fleet: Fleet,
  request: Request,
): Pick<QueueDriver, "ensure" | "remove"> => ({
  ensure: async (queue) => {
    await request(ensure, queue, []);
    return { warnings: await describeDurability(fleet, queue) };
  },
  remove: async (queue) => {
    await request(remove, queue, []);
  },
});
