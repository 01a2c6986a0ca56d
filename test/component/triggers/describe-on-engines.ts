import { describeWithEngine } from "../../support/queue/describe-with-engine";
import {
  type ConnectedEngine,
  connectPostgres,
  connectRedis,
  connectSqs,
} from "../../support/queue/queue-connections";

/** What all engines have to do alike, seen from a flow. */
export const describeOnEngines = (
  title: string,
  suite: (connect: () => Promise<ConnectedEngine>) => void,
): void => {
  describe(`${title}, with an emulator of Amazon SQS`, () => suite(connectSqs));
  describeWithEngine("redis", `${title}, with Redis`, (address) =>
    suite(() => connectRedis(address)),
  );
  describeWithEngine("postgres", `${title}, with PostgreSQL`, (address) =>
    suite(() => connectPostgres(address)),
  );
};
