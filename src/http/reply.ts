/** What goes back over the wire. No `body` means that the host may send its default one; an empty string is an empty body. */
export interface Reply {
  readonly status: number;
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export const textReply = (body: string, status = 200): Reply => ({
  status,
  contentType: "text/plain",
  body,
});

export const jsonReply = (body: unknown, status = 200): Reply => ({
  status,
  contentType: "application/json",
  body: JSON.stringify(body),
});

export const emptyReply = (status = 200): Reply => ({
  status,
  contentType: "text/plain",
  body: "",
});
