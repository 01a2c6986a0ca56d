import type { Claim, QueueDriver, Unsettled } from "../../driver";
import { keyChain } from "./key-chain";
import { keyBlock, keyModes } from "./key-modes";
import { keyParts, keyState } from "./key-state";
import { readReference } from "./reference";
import type { Request } from "./request";
import type { Script } from "./script";
import { setAside } from "./set-aside";
import { toCarried } from "./text";

/** The key of the lease that a call presents, or why it is none. */
const held = `
local s = load(ARGV[1])
if not s or s.mode ~= 'l' or s.token ~= ARGV[3] or s.expires <= now then return 'stale' end
local isHead = ARGV[2] == s.head
if not isHead then
  local position = tonumber(ARGV[2])
  if position < tonumber(s.head) or position > tonumber(s.last) then return 'stale' end
end
`;

/** The head is gone: the lease goes on with the next message, or ends with the last one. */
const settled = `
local function goOn()
  if s.leased > 1 then
    s.leased, s.attempt = s.leased - 1, 1
    save(s)
    return
  end
  leave(s)
  s.attempt = 0
  place(s, s.due)
end
`;

const inOrder = `${keyState}${keyModes}${held}if not isHead then return 'early' end\n`;

const acknowledge: Script = {
  parts: keyParts,
  lua: `${inOrder}${keyChain}${settled}
shift(s)
goOn()
return 'done'
`,
};

const release: Script = {
  parts: keyParts,
  lua: `${inOrder}
local delay = tonumber(ARGV[4])
leave(s)
local due = 0
if delay > 0 then due = now + delay end
place(s, due)
return now + delay
`,
};

const deadLetter: Script = {
  parts: [...keyParts, "dead", "letters"],
  lua: `${inOrder}${keyBlock}${keyChain}${setAside}${settled}
local blocks = tonumber(ARGV[5])
local id = setAside(s, ARGV[4], blocks)
if blocks == 1 then
  leave(s)
  s.attempt = 0
  block(s, id)
else goOn() end
return 'done'
`,
};

const extend: Script = {
  parts: keyParts,
  lua: `${keyState}${held}
s.expires = now + ARGV[4]
redis.call('ZREM', LEASES, s.key)
redis.call('ZADD', LEASES, toText(s.expires), s.key)
save(s)
return s.expires
`,
};

type Settling = Pick<QueueDriver, "acknowledge" | "release" | "deadLetter" | "extend">;

export const createSettling = (request: Request): Settling => {
  const settle = (
    script: Script,
    { queue, reference }: Claim,
    ...values: readonly (string | number)[]
  ): Promise<unknown> => {
    const { orderingKey, position, token } = readReference(reference);
    return request(script, queue, [toCarried(orderingKey), position, token, ...values]);
  };
  const toDate = <Refusal>(answer: unknown): Date | Refusal =>
    typeof answer === "number" ? new Date(answer) : (answer as Refusal);
  return {
    acknowledge: async (claim) => (await settle(acknowledge, claim)) as "done" | Unsettled,
    release: async (claim, delaySeconds) =>
      toDate<Unsettled>(await settle(release, claim, delaySeconds * 1000)),
    deadLetter: async (claim, { reason, blocksKey }) =>
      (await settle(deadLetter, claim, toCarried(reason), blocksKey ? 1 : 0)) as "done" | Unsettled,
    extend: async (claim, seconds) => toDate<"stale">(await settle(extend, claim, seconds * 1000)),
  };
};
