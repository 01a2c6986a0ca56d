import { type Connections, createConnections } from "./connections";
import { isConnectionLost, isRolledBack, isSchemaMissing, toQueueFailure } from "./failures";
import { type Remedy, tryWithRemedies } from "./remedies";
import { ensureSchema, toRefusal } from "./schema";
import type { PostgresSettings } from "./settings";

/**
 * Whether rows that came after a lost connection may tell of what the lost call did, and not of what was found; the call
 * then fails as the lost one did.
 */
type IsInDoubt<Row> = (rows: readonly Row[]) => boolean;

/** Calls functions of the schema: one verb is one statement, hence one round trip and one transaction. */
export interface Calls {
  readonly call: <Row extends object>(
    name: string,
    values: readonly unknown[],
    isInDoubt?: IsInDoubt<Row>,
  ) => Promise<readonly Row[]>;
  /** Any other statement. */
  readonly ask: <Row extends object>(text: string) => Promise<readonly Row[]>;
  readonly close: () => Promise<void>;
}

const never = (): boolean => false;

const pauseBriefly = (): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, 5 + Math.random() * 20));

/** Remembers that the schema is there, until it turns out that it is not. */
const createReadiness = (connections: Connections, settings: PostgresSettings) => {
  let ready: Promise<void> | undefined;
  const forget = (): void => {
    ready = undefined;
  };
  return {
    forget,
    make: async (): Promise<void> => {
      ready ??= ensureSchema(connections, settings);
      try {
        await ready;
      } catch (error) {
        forget();
        throw error;
      }
    },
  };
};

export const createCalls = (settings: PostgresSettings): Calls => {
  const connections = createConnections(settings.connectionString);
  const readiness = createReadiness(connections, settings);
  const remedies: readonly Remedy[] = [
    { fits: isRolledBack, times: 5, apply: pauseBriefly },
    { fits: isSchemaMissing, times: 1, apply: readiness.forget },
    { fits: isConnectionLost, times: 1, apply: () => undefined },
  ];

  const ask = async <Row extends object>(
    text: string,
    values: readonly unknown[],
    isInDoubt: IsInDoubt<Row>,
  ): Promise<readonly Row[]> => {
    try {
      return await tryWithRemedies(remedies, async (failures) => {
        await readiness.make();
        const { rows } = await connections.use((client) => client.query<Row>(text, [...values]));
        const lost = failures.find(isConnectionLost);
        if (lost && isInDoubt(rows)) throw toQueueFailure(lost);
        return rows;
      });
    } catch (error) {
      throw toQueueFailure(toRefusal(error, settings));
    }
  };

  return {
    call: (name, values, isInDoubt = never) => {
      const places = values.map((_, index) => `$${index + 1}`).join(", ");
      const text = `select * from "${settings.schema}".${name}(${places}) as answer`;
      return ask(text, values, isInDoubt);
    },
    ask: (text) => ask(text, [], never),
    close: connections.close,
  };
};
