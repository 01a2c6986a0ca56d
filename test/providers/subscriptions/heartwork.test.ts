import { heartwork } from "../../../src/providers/heartwork";
import { heartworkStandIn } from "../../../src/stand-ins/heartwork";
import { describeConvergence } from "../../contracts/convergence";
import { createHeartworkApi } from "../../fixtures/apis/heartwork-api";
import { STAND_IN_URL } from "../../support/stand-in-api";

const settings = {
  topics: ["CreateSalesOrder", "UpdateSalesOrder"],
  skipSystem: false,
  headers: { "X-Tenant": "north" },
  enabled: true,
};

describeConvergence("Heart.work", {
  provider: heartwork,
  fields: heartworkStandIn.connection(STAND_IN_URL),
  createApi: createHeartworkApi,
  settings,
  otherSettings: { ...settings, topics: ["DeleteSalesOrder"] },
  events: ["CreateSalesOrder", "UpdateSalesOrder"],
  otherEvents: ["DeleteSalesOrder"],
});
