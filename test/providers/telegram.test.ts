import { telegram } from "../../src/providers/telegram";
import { eventsOf, genuine, receive } from "../support/provider-deliveries";

const read = async (body: unknown) =>
  eventsOf(await receive(telegram, await genuine(telegram, "message", { body })));

describe("Telegram", () => {
  it.each([
    ["message", { chat: { id: -100 } }, "-100"],
    ["callback_query", { message: { chat: { id: 5 } } }, "5"],
    ["inline_query", { from: { id: 6 } }, "6"],
    ["kind_of_the_future", {}, null],
  ])("names an update by what it holds: %s", async (type, update, orderingKey) => {
    const expected = [{ id: "10000", type, orderingKey }];
    expect(await read({ update_id: 10000, [type]: update })).toEqual(expected);
    expect(await read({ [type]: update, update_id: 10000 })).toEqual(expected);
  });

  it.each([{ update_id: 1 }, [], "text", null])("survives the body %j", async (body) => {
    expect(await read(body)).toMatchObject([{ type: "unknown" }]);
  });
});
