import { parse } from "node:querystring";
import twilio from "twilio";
import { nonAscii, now, plain } from "../bodies.mjs";

const secret = "12345";
const call = {
  CallSid: "CA1234567890ABCDE",
  Caller: "+14158675310",
  Digits: "1234",
  From: "+14158675310",
  To: "+18005551212",
};

const encode = (fields) => new URLSearchParams(fields).toString();

const toForm = (name, url, body, signedUrl = url) => ({
  name,
  source: "made by",
  secret,
  now,
  request: {
    url,
    headers: {
      "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8",
      "X-Twilio-Signature": twilio.getExpectedTwilioSignature(secret, signedUrl, parse(body)),
    },
    body,
  },
});

const toGet = (name, url) => {
  const { request, ...rest } = toForm(name, url, "");
  const { "X-Twilio-Signature": signature } = request.headers;
  return {
    ...rest,
    refusals: ["secret", "url"],
    request: { ...request, method: "GET", headers: { "X-Twilio-Signature": signature } },
  };
};

const toJson = (name, base, body) => {
  const url = `${base}bodySHA256=${twilio.getExpectedBodyHash(body)}`;
  return {
    name,
    source: "made by",
    secret,
    now,
    request: {
      url,
      headers: {
        "Content-Type": "application/json",
        "X-Twilio-Signature": twilio.getExpectedTwilioSignature(secret, url, {}),
      },
      body,
    },
  };
};

const publishedJson = {
  name: "JSON of the tests of Twilio's Python SDK",
  source:
    "published at https://github.com/twilio/twilio-python/blob/main/tests/unit/test_request_validator.py",
  secret,
  now,
  request: {
    url: "https://mycompany.com/myapp.php?foo=1&bar=2&bodySHA256=0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620",
    headers: {
      "Content-Type": "application/json",
      "X-Twilio-Signature": "a9nBmqA0ju/hNViExpshrM61xv4=",
    },
    body: '{"property": "value", "boolean": true}',
  },
};

const accepts = ({ secret: token, url, headers, body }) => {
  const signature = headers["x-twilio-signature"];
  return url.includes("bodySHA256")
    ? twilio.validateRequestWithBody(token, signature, url, body.toString())
    : twilio.validateRequest(token, signature, url, parse(body.toString()));
};

const host = "https://mycompany.com";

export const recipe = {
  provider: "twilio",
  sdk: "twilio",
  refusals: ["body", "secret", "url"],
  accepts,
  deliveries: () => [
    toForm("form of the docs", `${host}/myapp.php?foo=1&bar=2`, encode(call)),
    publishedJson,
    toForm(
      "form with non-ASCII, empty and encoded values",
      `${host}/sms?source=a`,
      encode({ Body: "Zoë — 東京 & <b>+1=2", NumMedia: "0", MediaUrl0: "", From: "+1 415" }),
    ),
    toForm(
      "form with a repeated and a doubled field",
      `${host}/sms?source=a`,
      "Tag=b&Tag=a&Tag=b&From=%2B1415&SmsStatus=sent",
    ),
    toForm("form sorted by case", `${host}/sms?source=a`, "b=1&B=2&a=3&A=4&AB=5"),
    toForm(
      "URL with an order, an escape and an empty value of its own",
      `${host}/sms?z=1&a=%2fx%20y&b=&z=2`,
      encode(call),
    ),
    toForm("URL with another port", `${host}:8443/sms?a=1`, encode(call), `${host}/sms?a=1`),
    toForm(
      "URL signed with the default port",
      `${host}/sms?a=1`,
      encode(call),
      `${host}:443/sms?a=1`,
    ),
    toGet("GET without a body", `${host}/voice?CallSid=CA1234567890ABCDE&From=%2B14158675310`),
    toJson("JSON body", `${host}/status?`, plain),
    toJson("non-ASCII JSON body", `${host}/status?b=2&a=1&`, nonAscii),
  ],
};
