import { dataSource } from "@prismatic-io/spectral";
import { providers as catalogue } from "../../providers/catalogue";

const result = catalogue.map(({ id, name }) => ({ key: id, label: name }));

export const providers = dataSource({
  display: {
    label: "Providers",
    description: "The providers whose webhooks can be caught by name.",
  },
  inputs: {},
  dataSourceType: "picklist",
  perform: async () => ({ result }),
  examplePayload: { result: result.slice(0, 3) },
});
