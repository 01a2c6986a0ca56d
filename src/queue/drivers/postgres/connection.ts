import type { ConnectionKind } from "../../../connections/connection";

export const postgresQueue: ConnectionKind = {
  key: "postgresQueue",
  label: "PostgreSQL Queue",
  description: "A PostgreSQL database, version 13 or later, that keeps the queues",
  fields: {
    connectionString: {
      label: "Connection String",
      isSecret: true,
      required: true,
      comments:
        "The address of the database with user name and password, percent-encoded where they hold special characters. Add ?sslmode=verify-full for a connection that is encrypted and checked.",
      example: "postgres://hookline:password@db.example.com:5432/integrations?sslmode=verify-full",
    },
    schema: {
      label: "Schema",
      default: "hookline",
      comments:
        "The schema that holds the tables. It is made on first use, for which the user needs permission; enter another name to keep queues apart in one database.",
      example: "hookline",
    },
  },
};
