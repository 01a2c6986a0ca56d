import type { Fleet } from "./server/fleet";

/** What the server told about itself; nothing where it may not tell. */
type Settings = Readonly<Record<string, string | undefined>>;

const readInfo = (text: string): Settings =>
  Object.fromEntries(
    [...text.matchAll(/^(\w+):([^\r\n]*)/gm)].map(([, name, value]) => [name, value]),
  );

/** Managed services mostly forbid CONFIG, some INFO as well. */
const ask = async (
  fleet: Fleet,
  queue: string,
  command: string,
  values: readonly string[],
): Promise<unknown> => {
  try {
    return await fleet.call(queue, command, values);
  } catch {
    return undefined;
  }
};

const warnOfRestart = ({ aof_enabled: isOn }: Settings, fsync: string | undefined): string[] => {
  if (isOn === undefined)
    return [
      "Redis does not tell how it keeps its data. Make sure that appendonly is on; otherwise messages that were accepted are lost when it restarts.",
    ];
  if (isOn === "0")
    return [
      "Redis has appendonly off: when it restarts, messages that were accepted are lost. Set appendonly to yes, and appendfsync to always.",
    ];
  if (fsync === undefined)
    return [
      "Redis does not tell its appendfsync. Unless it is always, a crash of the server can lose up to a second of messages that were accepted.",
    ];
  return fsync === "always"
    ? []
    : [
        `Redis has appendfsync ${fsync}: a crash of the server can lose ${fsync === "no" ? "what the system has not written yet" : "up to a second"} of messages that were accepted. Set it to always if that matters.`,
      ];
};

/** The queue's keys never expire, so that the policies that start with volatile- drop none of them. */
const warnOfEviction = ({ maxmemory_policy: policy, maxmemory }: Settings): string[] => {
  if (policy === undefined)
    return [
      "Redis does not tell its maxmemory-policy. Make sure that it is noeviction; otherwise messages can be dropped when its memory is full.",
    ];
  return policy.startsWith("allkeys-") && maxmemory !== "0"
    ? [
        `Redis has maxmemory-policy ${policy}: when its memory is full, it drops messages and whole queues. Set it to noeviction.`,
      ]
    : [];
};

const warnOfFailover = ({ connected_slaves: replicas = "0" }: Settings): string[] =>
  replicas === "0"
    ? []
    : [
        "Redis has replicas, and they follow a little later: when one of them takes over, the latest messages can be lost, or handed out again although they were acknowledged.",
      ];

/** What a person should know of the server's settings before relying on a queue. */
export const describeDurability = async (fleet: Fleet, queue: string): Promise<string[]> => {
  const settings = readInfo(String((await ask(fleet, queue, "INFO", [])) ?? ""));
  const config = await ask(fleet, queue, "CONFIG", ["GET", "appendfsync"]);
  const fsync = Array.isArray(config) ? (config[1] as string | undefined) : undefined;
  return [
    ...warnOfRestart(settings, fsync),
    ...warnOfEviction(settings),
    ...warnOfFailover(settings),
  ];
};
