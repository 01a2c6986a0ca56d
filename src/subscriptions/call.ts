import type { ApiAnswer, ApiRequest } from "../http/api-request";

/** One call of an API: how it is asked, and how a successful answer is read. */
export interface Call<Input, Output = void> {
  readonly request: (input: Input) => ApiRequest;
  readonly read: (answer: ApiAnswer, input: Input) => Output;
}

/** A call without an answer that matters. */
export const call = <Input>(request: Call<Input>["request"]): Call<Input> => ({
  request,
  read: () => undefined,
});

interface Page<Item> {
  readonly items: readonly Item[];
  /** What the next page is asked by; nothing on the last one. */
  readonly next?: string | undefined;
}

/** A list that comes in pages. */
export interface Listing<Input, Item> {
  readonly request: (input: Input, page: string | undefined) => ApiRequest;
  readonly read: (answer: ApiAnswer, input: Input, page: string | undefined) => Page<Item>;
}
