import type { ConnectionKind } from "../../../connections/connection";

export const redisQueue: ConnectionKind = {
  key: "redisQueue",
  label: "Redis Queue",
  description: "A Redis server, version 6.2 or later, or Valkey that keeps the queues",
  fields: {
    url: {
      label: "URL",
      isSecret: true,
      required: true,
      comments:
        "The address of the server with user name and password, percent-encoded where they hold special characters. It starts with rediss:// for an encrypted connection.",
      example: "rediss://default:password@redis.example.com:6379/0",
    },
    prefix: {
      label: "Prefix",
      default: "hookline",
      comments:
        "What the names of all keys start with; enter another one to keep queues apart on one server.",
      example: "hookline",
    },
  },
};
