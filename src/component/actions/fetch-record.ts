import { action, input } from "@prismatic-io/spectral";
import { fetchRecordOf, readDeliveryOfRecord } from "../fetch-record";
import { subscriptionInputs } from "../inputs/subscription";

export const fetchRecord = action({
  display: {
    label: "Fetch Record",
    description:
      "Fetch the whole record behind a delivery that carries only its id, and learn whether it is gone.",
  },
  inputs: {
    connection: subscriptionInputs.connection,
    delivery: input({
      label: "Delivery",
      type: "data",
      required: true,
      comments: "The delivery with the id of the record, from the results of a webhook trigger.",
      placeholder: "Reference payload.delivery of the trigger",
      example:
        '{"provider":"example","events":[{"id":"1","type":"content.publish","orderingKey":"ec4aafcc-0c25-4f25-a8fe-705bfae1d324","data":{}}]}',
      clean: readDeliveryOfRecord,
    }),
  },
  perform: async (context, { connection, delivery }) => ({
    data: await fetchRecordOf(context, connection, delivery),
  }),
  examplePayload: {
    data: {
      record: {
        _id: "ec4aafcc-0c25-4f25-a8fe-705bfae1d324",
        contentTypeAlias: "products",
        name: "Products",
      },
      gone: false,
    },
  },
});
