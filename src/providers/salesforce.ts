import { bodyEvents } from "../events/body-events";
import { readPath } from "../http/json-path";
import type { Reply } from "../http/reply";
import { sharedToken } from "../signatures/shared-token";
import { defineProvider } from "./provider";

const SOAP = "http://schemas.xmlsoap.org/soap/envelope/";
const OUTBOUND = "http://soap.sforce.com/2005/09/outbound";

const acknowledgement: Reply = {
  status: 200,
  contentType: "text/xml",
  body: `<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="${SOAP}"><soapenv:Body><notificationsResponse xmlns="${OUTBOUND}"><Ack>true</Ack></notificationsResponse></soapenv:Body></soapenv:Envelope>`,
};

/** XML does not tell a batch of one from a single notification. */
const readNotifications = (data: unknown): unknown => {
  const notifications = readPath(data, "Envelope.Body.notifications");
  if (typeof notifications !== "object" || notifications === null) return data;
  const batch = readPath(notifications, "Notification");
  return { ...notifications, Notification: batch === undefined ? [] : [batch].flat() };
};

export const salesforce = defineProvider({
  id: "salesforce",
  name: "Salesforce Outbound Messages",
  docs: "https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/sforce_api_om_outboundmessaging.htm",
  evidence: "docs",
  secret:
    "A long random text of your own, added to the outbound message's Endpoint URL as ?token=…",
  signature: sharedToken({ query: "token" }),
  events: bodyEvents({
    unwrap: readNotifications,
    each: "Notification.*",
    id: "Id",
    type: { first: ["sObject.@type", { top: "ActionId" }] },
    orderingKey: "sObject.Id",
  }),
  acknowledgement,
  notes: [
    "Salesforce signs nothing. You put the secret into the Endpoint URL, where it proves the sender and does not cover the body.",
    "A message without the SOAP acknowledgement is sent again for 24 hours. One delivery holds up to 100 notifications, out of order.",
    "With Send Session ID on, the body holds a session id that acts as the sending user: treat the payload as a credential.",
  ],
  samples: {
    "sf:Opportunity": {
      contentType: "text/xml; charset=utf-8",
      headers: { soapaction: '""' },
      body: `<?xml version="1.0" encoding="UTF-8"?>
<soapenv:Envelope xmlns:soapenv="${SOAP}" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
 <soapenv:Body>
  <notifications xmlns="${OUTBOUND}">
   <OrganizationId>00D3000000000AyEAI</OrganizationId>
   <ActionId>04k300000008PojAAE</ActionId>
   <SessionId xsi:nil="true"/>
   <EnterpriseUrl>https://example.my.salesforce.com/services/Soap/c/62.0/00D3000000000Ay</EnterpriseUrl>
   <PartnerUrl>https://example.my.salesforce.com/services/Soap/u/62.0/00D3000000000Ay</PartnerUrl>
   <Notification>
    <Id>04l3000000A0ZRkAAN</Id>
    <sObject xsi:type="sf:Opportunity" xmlns:sf="urn:sobject.enterprise.soap.sforce.com">
     <sf:Id>0063000000D5kRHAAZ</sf:Id>
     <sf:StageName>Closed Won</sf:StageName>
    </sObject>
   </Notification>
   <Notification>
    <Id>04l3000000A0ZRlAAN</Id>
    <sObject xsi:type="sf:Opportunity" xmlns:sf="urn:sobject.enterprise.soap.sforce.com">
     <sf:Id>0063000000D5kRIAAZ</sf:Id>
     <sf:StageName>Closed Lost</sf:StageName>
    </sObject>
   </Notification>
  </notifications>
 </soapenv:Body>
</soapenv:Envelope>`,
    },
  },
});
