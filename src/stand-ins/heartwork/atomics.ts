/** An operation of the Core API; the ones that write can be subscribed to. */
export interface Atomic {
  readonly name: string;
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** A delivery's body: text is XML, anything else JSON. Its members are made up; no body is public. */
  readonly example?: unknown;
}

export const ATOMICS: readonly Atomic[] = [
  {
    name: "CreateSalesOrder",
    method: "POST",
    example: { id: "5f1f9a55", orderNumber: 10481, status: "Created", currency: "EUR" },
  },
  {
    name: "UpdateSalesOrder",
    method: "PUT",
    example: "<SalesOrder><Id>5f1f9a55</Id><Status>Completed</Status></SalesOrder>",
  },
  { name: "DeleteSalesOrder", method: "DELETE", example: { id: "5f1f9a55" } },
  { name: "CreateProduct", method: "POST", example: { id: "7c2e41d0", sku: "CHAIR-01" } },
  { name: "GetLedgerBalanceForPeriod", method: "GET" },
];

/** The workspaces that the stand-in's key is tied to, with the atomics that are enabled for each. */
export const WORKSPACES: Readonly<Record<string, readonly string[]>> = {
  acme: ATOMICS.map(({ name }) => name).filter((name) => name !== "CreateProduct"),
  limited: ["CreateSalesOrder"],
  empty: [],
};
