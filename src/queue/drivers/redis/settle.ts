import { byQueue } from "../../by-queue";
import type { Claim, QueueDriver, Unsettled } from "../../driver";
import { keyChain } from "./lua/key-chain";
import { keyBlock, keyModes } from "./lua/key-modes";
import { keyParts, keyState } from "./lua/key-state";
import { setAside } from "./lua/set-aside";
import { readReference } from "./reference";
import type { Request } from "./request";
import type { Script } from "./script";
import { toCarried } from "./text";

/** The key of the lease that a call presents, if that is not lost, and why its message cannot be settled now. */
const hold = `
local function hold(key, position, token)
  local s = load(key)
  if not s or s.mode ~= 'l' or s.token ~= token or s.expires <= now then return nil, 'stale' end
  if position == s.head then return s, nil end
  local number = tonumber(position)
  if number < tonumber(s.head) or number > tonumber(s.last) then return nil, 'stale' end
  return s, 'early'
end
`;

/** What most verbs do first. */
const held = `${hold}
local s, refusal = hold(ARGV[1], ARGV[2], ARGV[3])
`;

/** The head is gone: the lease goes on with the next message, or ends with the last one. */
const settled = `
local function goOn(s)
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

const inOrder = `${keyState}${keyModes}${held}if refusal then return refusal end\n`;

const acknowledge: Script = {
  parts: keyParts,
  lua: `${keyState}${keyModes}${hold}${keyChain}${settled}
local answers = {}
for first = 1, #ARGV, 3 do
  local s, refusal = hold(ARGV[first], ARGV[first + 1], ARGV[first + 2])
  if not refusal then
    shift(s)
    goOn(s)
  end
  answers[#answers + 1] = refusal or 'done'
end
return answers
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
else goOn(s) end
return 'done'
`,
};

const extend: Script = {
  parts: keyParts,
  lua: `${keyState}${held}
if not s then return refusal end
s.expires = now + ARGV[4]
redis.call('ZREM', LEASES, s.key)
redis.call('ZADD', LEASES, toText(s.expires), s.key)
save(s)
return s.expires
`,
};

type Settling = Pick<
  QueueDriver,
  "acknowledge" | "acknowledgeAll" | "release" | "deadLetter" | "extend"
>;

const toValues = ({ reference }: Claim): readonly string[] => {
  const { orderingKey, position, token } = readReference(reference);
  return [toCarried(orderingKey), position, token];
};

export const createSettling = (request: Request): Settling => {
  const settle = async (
    script: Script,
    claim: Claim,
    ...values: readonly (string | number)[]
  ): Promise<unknown> => request(script, claim.queue, [...toValues(claim), ...values]);
  const toDate = <Refusal>(answer: unknown): Date | Refusal =>
    typeof answer === "number" ? new Date(answer) : (answer as Refusal);
  return {
    acknowledge: async (claim) => {
      const [answer] = (await settle(acknowledge, claim)) as ["done" | Unsettled];
      return answer;
    },
    acknowledgeAll: (claims) =>
      byQueue(claims, async (queue, own) => {
        const values = own.flatMap(toValues);
        return (await request(acknowledge, queue, values)) as ("done" | Unsettled)[];
      }),
    release: async (claim, delaySeconds) =>
      toDate<Unsettled>(await settle(release, claim, delaySeconds * 1000)),
    deadLetter: async (claim, { reason, blocksKey }) =>
      (await settle(deadLetter, claim, toCarried(reason), blocksKey ? 1 : 0)) as "done" | Unsettled,
    extend: async (claim, seconds) => toDate<"stale">(await settle(extend, claim, seconds * 1000)),
  };
};
