import { toChunks } from "../../chunks";
import type { QueueDriver } from "../../driver";
import { keyAppend } from "./lua/key-chain";
import { keyModes } from "./lua/key-modes";
import { keyParts, keyState } from "./lua/key-state";
import type { Request } from "./request";
import type { Script } from "./script";

/** So many in a call that Redis is not held up for long. */
const AT_ONCE = 500;

const functions = `${keyState}${keyModes}${keyAppend}
local function byPosition(ids)
  local letters = {}
  for _, id in ipairs(ids) do
    local position = tonumber(redis.call('ZSCORE', LETTERS, id) or 0)
    if position > 0 then letters[#letters + 1] = {id = id, position = position} end
  end
  table.sort(letters, function(one, other) return one.position < other.position end)
  return letters
end

local function take(letter)
  if redis.call('ZREM', LETTERS, letter.id) == 0 then return false end
  letter.packed = redis.call('HGET', DEAD, letter.id)
  redis.call('HDEL', DEAD, letter.id)
  return true
end

local function restore(letter)
  local position, key, _, _, _, _, record = cmsgpack.unpack(letter.packed)
  local s = load(key)
  if not s or s.mode ~= 'b' or s.token ~= letter.id then
    return append(key, nextPosition(), 0, record)
  end
  leave(s)
  redis.call('HSET', MESSAGES, position, record)
  local next, due, tail = s.head, s.due, s.tail
  begin(s, position, 0)
  if s.count > 0 then
    redis.call('HSET', LINKS, position, toLink(next, due))
    s.tail = tail
  end
  s.count = s.count + 1
  place(s, 0)
end

local function discard(letter)
  local _, key = cmsgpack.unpack(letter.packed)
  local s = load(key)
  if not s or s.mode ~= 'b' or s.token ~= letter.id then return end
  leave(s)
  place(s, s.due)
end

local function takeAll(ids, work)
  local taken = 0
  for _, letter in ipairs(byPosition(ids)) do
    if take(letter) then
      work(letter)
      taken = taken + 1
    end
  end
  return taken
end
`;

const parts = [...keyParts, "dead", "letters"] as const;

const redriveNamed: Script = {
  parts,
  lua: `${functions}return takeAll(ARGV, restore)`,
};

const discardNamed: Script = {
  parts,
  lua: `${functions}return takeAll(ARGV, discard)`,
};

/** Goes on after the last position of the call before, so that it ends although others set messages aside meanwhile. */
const redrivePage: Script = {
  parts,
  lua: `${functions}
local from, to = ARGV[1], ARGV[2]
if to == '' then to = redis.call('HGET', FIGURES, 'counter') or '0' end
local ids = redis.call('ZRANGEBYSCORE', LETTERS, '(' .. from, to, 'LIMIT', 0, ${AT_ONCE})
if #ids == 0 then return {0, '', ''} end
local last = tonumber(redis.call('ZSCORE', LETTERS, ids[#ids]))
return {takeAll(ids, restore), toText(last), to}
`,
};

const redriveAll = async (request: Request, queue: string): Promise<number> => {
  let redriven = 0;
  let from = "0";
  let to = "";
  for (;;) {
    const answer = await request(redrivePage, queue, [from, to]);
    const [taken, last, end] = answer as [number, string, string];
    redriven += taken;
    if (last === "") return redriven;
    from = last;
    to = end;
  }
};

/** Ids are numbers that grow, so that their order is that of the positions except for what was redriven before. */
const toPages = (ids: readonly string[]): readonly string[][] => {
  const sorted = ids.filter((id) => /^\d{1,16}$/.test(id)).sort((a, b) => Number(a) - Number(b));
  return toChunks(sorted, AT_ONCE);
};

const runPages = async (
  request: Request,
  script: Script,
  queue: string,
  ids: readonly string[],
): Promise<number> => {
  let sum = 0;
  for (const page of toPages(ids)) sum += Number(await request(script, queue, page));
  return sum;
};

export const createRedrive =
  (request: Request): QueueDriver["redrive"] =>
  (queue, ids) =>
    ids === "all" ? redriveAll(request, queue) : runPages(request, redriveNamed, queue, ids);

export const createDiscard =
  (request: Request): QueueDriver["discard"] =>
  (queue, ids) =>
    runPages(request, discardNamed, queue, ids);
