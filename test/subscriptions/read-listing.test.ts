import { type ApiAnswer, get, type SendRequest } from "../../src/http/api-request";
import type { Listing } from "../../src/subscriptions/call";
import { readItems, readTextAt } from "../../src/subscriptions/read-answer";
import { readListing } from "../../src/subscriptions/read-listing";
import { answer } from "../support/subscription-world";

const listing: Listing<string, unknown> = {
  request: (place, page) => get(`/${place}/hooks`, { page }),
  read: ({ data }) => {
    const next = readTextAt(data, "next");
    return { items: readItems(data, "items"), ...(next !== "" && { next }) };
  },
};

type Pages = (page: string) => ApiAnswer;
const page = (items: readonly unknown[], next?: string) => answer(200, { items, next });

const read = async (pages: Pages, secrets: readonly string[] = []) => {
  const asked: string[] = [];
  const send: SendRequest = async ({ path, query }) => {
    asked.push(`${path} ${query?.page ?? "first"}`);
    return pages(String(query?.page ?? ""));
  };
  const hints = { 404: "Place: there is none of that name." };
  const items = await readListing(send, { listing, input: "one", what: "things", hints, secrets });
  return { items, asked };
};

describe("a list", () => {
  it("is read page by page", async () => {
    const { items, asked } = await read((at) =>
      at === "" ? page([1, 2], "b") : at === "b" ? page([3], "c") : page([4]),
    );
    expect(items).toEqual([1, 2, 3, 4]);
    expect(asked).toEqual(["/one/hooks first", "/one/hooks b", "/one/hooks c"]);
  });

  it("may be empty, or have an empty page before its end", async () => {
    expect((await read(() => page([]))).items).toEqual([]);
    const { items } = await read((at) =>
      at === "" ? page([1], "b") : at === "b" ? page([], "c") : page([2]),
    );
    expect(items).toEqual([1, 2]);
  });

  it("ends where a page is named that was asked for before", async () => {
    const { items, asked } = await read((at) => (at === "b" ? page([2], "a") : page([1], "b")));
    expect(items).toEqual([1, 2]);
    expect(asked).toHaveLength(3);
  });

  it("ends where a page holds nothing new, because some APIs repeat their last one for ever", async () => {
    const { items, asked } = await read((at) => page([1, 2], `${Number(at) + 1}`));
    expect(items).toEqual([1, 2]);
    expect(asked).toHaveLength(2);
  });

  it("holds an item once that slid from one page to the next", async () => {
    const { items } = await read((at) => (at === "" ? page([1, 2], "b") : page([2, 3])));
    expect(items).toEqual([1, 2, 3]);
  });

  it("ends after two hundred pages", async () => {
    let count = 0;
    const { asked } = await read(() => {
      count += 1;
      return page([count], `${count}`);
    });
    expect(asked).toHaveLength(200);
  });

  it("that is refused names what was tried, and the input to look at", async () => {
    await expect(read(() => answer(404, { message: "no such place" }))).rejects.toMatchObject({
      code: "SUBSCRIPTION_FAILED",
      message:
        "Could not list things: the provider answered 404. Place: there is none of that name. It says: no such place",
    });
  });

  it("that is refused on a later page is refused as a whole", async () => {
    const pages: Pages = (at) => (at === "" ? page([1], "b") : answer(500));
    await expect(read(pages)).rejects.toMatchObject({ retryable: true });
  });

  it("that is refused tells no credential", async () => {
    const refused = answer(401, { message: "Incorrect API key provided: sk-0123456789" });
    const error = await read(() => refused, ["sk-0123456789"]).catch((thrown) => thrown);
    expect(error).toMatchObject({ code: "CONNECTION_INVALID" });
    expect(error.message).toContain("Incorrect API key provided: [redacted]");
  });
});
