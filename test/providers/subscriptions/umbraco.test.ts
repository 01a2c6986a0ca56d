import { umbraco } from "../../../src/providers/umbraco";
import { umbraco as standIn } from "../../../src/stand-ins/umbraco";
import { describeConvergence } from "../../contracts/convergence";
import { createStandInApi, STAND_IN_URL } from "../../support/stand-in-api";

const options = {
  provider: umbraco,
  fields: standIn.connection(STAND_IN_URL),
  createApi: () => createStandInApi(standIn),
};

const settings = {
  events: ["Umbraco.ContentPublish", "Umbraco.ContentDelete", "Umbraco.MediaSave"],
  contentTypes: [],
  headers: {},
  enabled: true,
};

describeConvergence("Umbraco CMS", {
  ...options,
  settings,
  otherSettings: { ...settings, events: ["Umbraco.MediaDelete", "memberSaved"] },
  events: settings.events,
  otherEvents: ["Umbraco.MediaDelete", "memberSaved"],
});

describeConvergence("Umbraco CMS, with types, headers and the switch", {
  ...options,
  settings: {
    ...settings,
    contentTypes: ["55B1CB4E-3C1C-4C8B-9B3A-2F5E0B0F7A11", "3b5d3a52-7e0b-4a57-9d5b-0f6a0d1b8c11"],
    headers: { "X-Source": "website" },
  },
  otherSettings: { ...settings, headers: { "x-source": "shop" }, enabled: false },
  events: settings.events,
  otherEvents: settings.events,
});
