/** A way in which a queue can be wrong: what is found in the reference's source, and what it is replaced with. */
export interface Mutant {
  readonly name: string;
  readonly find: string;
  readonly replace: string;
  /** Whether it breaks a promise that a history alone can show, with nothing to compare it with. */
  readonly showsInHistory: boolean;
}

export const mutants: readonly Mutant[] = [
  {
    name: "releasing lets successors pass",
    find: "key.lease = undefined;\n        key.readyAt = after(delaySeconds);",
    replace:
      "key.lease = undefined;\n        key.entries.push(key.entries.shift()!);\n        key.readyAt = after(delaySeconds);",
    showsInHistory: true,
  },
  {
    name: "a release ignores its delay",
    find: "key.readyAt = after(delaySeconds);",
    replace: "key.readyAt = 0;",
    showsInHistory: false,
  },
  {
    name: "an acknowledgement is accepted after the lease has run out",
    find: "held?.token !== token || held.expiresAt <= now()",
    replace: "held?.token !== token",
    showsInHistory: true,
  },
  {
    name: "an acknowledgement is accepted from whoever had the message before",
    find: "held?.token !== token ||",
    replace: "held === undefined ||",
    showsInHistory: true,
  },
  {
    name: "messages of a lease can be settled in any order",
    find: 'if (inOrder && held.positions[0] !== position) return "early";',
    replace: "",
    showsInHistory: true,
  },
  {
    name: "an acknowledgement is forgotten",
    find: "key.entries.shift();\n      key.lease?.positions.shift();",
    replace: "key.lease?.positions.shift();",
    showsInHistory: true,
  },
  {
    name: "an acknowledgement ends the lease with all messages in it",
    find: "if (key.lease?.positions.length === 0) key.lease = undefined;\n      advanceKey",
    replace: "key.lease = undefined;\n      advanceKey",
    showsInHistory: true,
  },
  {
    name: "dedupe forgets on acknowledge",
    find: "key.entries.shift();\n      key.lease",
    replace: "queue.seen.delete(key.entries.shift()!.dedupeKey);\n      key.lease",
    showsInHistory: true,
  },
  {
    name: "dedupe never forgets",
    find: "known && known.until > now()",
    replace: "known",
    showsInHistory: true,
  },
  {
    name: "a repeat lengthens the window",
    find: 'return { status: "duplicate", id: known.id };',
    replace:
      '{ queue.seen.set(message.dedupeKey, { id: known.id, until: now() + windowSeconds * 1000 }); return { status: "duplicate", id: known.id }; }',
    showsInHistory: true,
  },
  {
    name: "there is no dedupe",
    find: "if (known && known.until > now()) return",
    replace: "if (known === null) return",
    showsInHistory: true,
  },
  {
    name: "a batch comes out in the wrong order",
    find: "leased.push(...grant(key, request, room))",
    replace: "leased.push(...grant(key, request, room).reverse())",
    showsInHistory: true,
  },
  {
    name: "a batch is larger than asked for",
    find: "Math.min(request.maximumPerKey, room)",
    replace: "Math.min(request.maximumPerKey + 1, room)",
    showsInHistory: false,
  },
  {
    name: "more messages are leased than there is room for",
    find: "Math.min(request.maximumPerKey, room)",
    replace: "request.maximumPerKey",
    showsInHistory: false,
  },
  {
    name: "a key is leased to two at once",
    find: "(lease ? lease.expiresAt <= now() : readyAt <= now())",
    replace: "readyAt <= now()",
    showsInHistory: true,
  },
  {
    name: "a lease that ran out wedges its key",
    find: "(lease ? lease.expiresAt <= now() : readyAt <= now())",
    replace: "lease === undefined && readyAt <= now()",
    showsInHistory: false,
  },
  {
    name: "a delayed message lets its successor pass",
    find: "key.entries.sort((one, other) => one.position - other.position);",
    replace:
      "key.entries.sort((one, other) => one.readyAt - other.readyAt || one.position - other.position);",
    showsInHistory: true,
  },
  {
    name: "a batch takes in what is delayed",
    find: "index > 0 && readyAt > now()",
    replace: "index < 0",
    showsInHistory: false,
  },
  {
    name: "what is ready waits when the clock goes back",
    find: "seconds === 0 ? 0 : now() + seconds * 1000",
    replace: "now() + seconds * 1000",
    showsInHistory: false,
  },
  {
    name: "a run that died costs no attempt",
    find: "key.lease = undefined;\n    if (key.attempt < request",
    replace: "key.lease = undefined;\n    key.attempt -= 1;\n    if (key.attempt < request",
    showsInHistory: true,
  },
  {
    name: "a message gets one attempt too many",
    find: "key.attempt < request.maximumAttempts",
    replace: "key.attempt <= request.maximumAttempts",
    showsInHistory: false,
  },
  {
    name: "a message inherits the attempts of the one before it",
    find: "key.attempt = key.lease ? 1 : 0;",
    replace: "",
    showsInHistory: false,
  },
  {
    name: "what is set aside is lost",
    find: "queue.dead.push({ ...message, ...times, reason, isBlocking: blocksKey });",
    replace: "",
    showsInHistory: false,
  },
  {
    name: "a key does not wait for what it should wait for",
    find: "if (blocksKey) key.blockedBy = head.id;",
    replace: "",
    showsInHistory: true,
  },
  {
    name: "a dead letter ends the lease of those behind it",
    find: "if (blocksKey || key.lease?.positions.length === 0)",
    replace: "if (key.lease)",
    showsInHistory: true,
  },
  {
    name: "redriving forgets to reset the attempts",
    find: "key.blockedBy = undefined;\n      key.readyAt = 0;",
    replace:
      "key.blockedBy = undefined;\n      key.attempt = letter.attempt;\n      key.readyAt = 0;",
    showsInHistory: false,
  },
  {
    name: "redriving puts a message back where it stood",
    find: "position: isBlocking ? position : next()",
    replace: "position",
    showsInHistory: true,
  },
  {
    name: "redriving puts a message behind those that waited for it",
    find: "position: isBlocking ? position : next()",
    replace: "position: next()",
    showsInHistory: true,
  },
  {
    name: "a redriven message stays among the dead letters",
    find: "queue.dead = queue.dead.filter((letter) => !taken.includes(letter));",
    replace: "",
    showsInHistory: true,
  },
  {
    name: "discarding leaves the key waiting",
    find: "key.blockedBy = undefined;\n        advanceKey(queue, key);",
    replace: "advanceKey(queue, key);",
    showsInHistory: false,
  },
  {
    name: "an extension changes nothing",
    find: "if (key.lease) key.lease.expiresAt = expiresAt;",
    replace: "",
    showsInHistory: true,
  },
  {
    name: "every fourth message of a key is dropped",
    find: "key.entries.push(entry);",
    replace: "if (key.entries.length < 3) key.entries.push(entry);",
    showsInHistory: false,
  },
];

/** Plays in step follow the engine's choice of keys, so these show only where turns are counted. */
export const unfairMutants: readonly Mutant[] = [
  {
    name: "the key that was settled last is next",
    find: "(one, other) => one.turn - other.turn",
    replace: "(one, other) => other.turn - one.turn",
    showsInHistory: false,
  },
  {
    name: "a key keeps its turn until it is empty",
    find: "key.readyAt = head?.readyAt ?? 0;\n    key.turn = next();",
    replace: "key.readyAt = head?.readyAt ?? 0;",
    showsInHistory: false,
  },
  {
    name: "a key that was released comes first",
    find: "key.readyAt = after(delaySeconds);\n        key.turn = next();",
    replace: "key.readyAt = after(delaySeconds);\n        key.turn = -next();",
    showsInHistory: false,
  },
];
