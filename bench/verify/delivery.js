/** A JSON body of exactly so many bytes, made of many small fields as real ones are. */
export const toBody = (size) => {
  const items = [];
  let length = 0;
  for (let index = 0; length < size; index++) {
    const item = JSON.stringify({ sku: `SKU-${index}`, quantity: index % 7, price: "19.90" });
    items.push(item);
    length += item.length + 1;
  }
  const open = '{"id":"evt_1","type":"order.created","items":[';
  const close = '],"padding":""}';
  let text = items.join(",");
  while (open.length + text.length + close.length > size)
    text = text.slice(0, Math.max(0, text.lastIndexOf(",{")));
  const padding = " ".repeat(size - open.length - text.length - close.length);
  return Buffer.from(`${open}${text}],"padding":"${padding}"}`);
};

/** A signature of the right form over other bytes. */
export const tampered = (body) => {
  const other = Buffer.from(body);
  other[other.length >> 1] ^= 1;
  return other;
};

/** What our verifySignature looks at. */
export const toEvidence = (headers, body, secret) => {
  const request = {
    method: "POST",
    url: "https://hooks.example.com/trigger/1",
    headers: new Map(Object.entries({ "content-type": "application/json", ...headers })),
    query: new Map(),
    body,
    bodyIsExact: true,
    receivedAt: new Date(),
  };
  const fetchKey = () => Promise.reject(new Error("No key is fetched here."));
  return () => ({ request, secrets: [secret], options: {}, now: new Date(), fetchKey });
};

export const expect = (isWanted, wasAccepted, name) => {
  if (wasAccepted !== isWanted)
    throw new Error(`${name} ${wasAccepted ? "accepted" : "rejected"} what it should not have.`);
};

/** Whether a verifier that throws at a forgery accepts. */
export const accepts = (verify) => {
  try {
    verify();
    return true;
  } catch {
    return false;
  }
};
