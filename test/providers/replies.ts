import type { Reply } from "../../src/http/reply";

const empty = (status: number): Reply => ({ status, contentType: "text/plain", body: "" });

/** What providers insist on as the answer to a delivery, by sample where it depends on that. All others take any 2xx. */
export const acknowledgements: Readonly<Record<string, Reply | Readonly<Record<string, Reply>>>> = {
  adyen: { status: 200, contentType: "text/plain", body: "[accepted]" },
  salesforce: {
    status: 200,
    contentType: "text/xml",
    body: '<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body><notificationsResponse xmlns="http://soap.sforce.com/2005/09/outbound"><Ack>true</Ack></notificationsResponse></soapenv:Body></soapenv:Envelope>',
  },
  xero: empty(200),
  slack: empty(200),
  twilio: { status: 200, contentType: "text/xml", body: "<Response/>" },
  "microsoft-graph": empty(202),
  discord: {
    APPLICATION_AUTHORIZED: { status: 204, contentType: "application/json", body: "" },
    "2": { status: 200, contentType: "application/json", body: '{"type":5}' },
  },
};

/** What providers that test with forged deliveries insist on as the answer to one. */
export const rejections: Readonly<Record<string, Reply>> = {
  xero: empty(401),
  discord: empty(401),
};
