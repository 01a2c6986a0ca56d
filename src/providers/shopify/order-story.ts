import type { Story, StoryEvent } from "../provider";

const total = (text: string) => ({ total_price: text });

const toEvent = (
  order: number,
  topic: string,
  body: Readonly<Record<string, string>> = {},
): StoryEvent => ({
  shows: `order #${order}, ${topic}`,
  toSample: (deliveryId) => ({
    headers: {
      "x-shopify-topic": `orders/${topic}`,
      "x-shopify-shop-domain": "acme.myshopify.com",
      "x-shopify-webhook-id": deliveryId,
    },
    body: {
      id: order,
      admin_graphql_api_id: `gid://shopify/Order/${order}`,
      name: `#${order}`,
      ...total("403.00"),
      ...body,
    },
  }),
});

/** The example's flow takes its time with the order that has a note, and cannot handle the total that is none. */
export const orderStory: Story = {
  histories: [
    [toEvent(1001, "create"), toEvent(1001, "paid"), toEvent(1001, "fulfilled")],
    [
      toEvent(1002, "create"),
      toEvent(1002, "paid", { note: "fails at first" }),
      toEvent(1002, "fulfilled"),
    ],
    [
      toEvent(1003, "create"),
      toEvent(1003, "updated", total("to be agreed")),
      toEvent(1003, "cancelled"),
    ],
  ],
  forgeries: [toEvent(1001, "cancelled"), toEvent(1002, "updated", total("0.01"))],
};
