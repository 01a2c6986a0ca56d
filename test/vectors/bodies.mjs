/** The moment at which most deliveries are made. */
export const now = "2026-03-14T15:09:26.000Z";

export const endpoint = "https://hooks.example.com/trigger/SW5z?x=1&y=two";

/** Bodies that every scheme over raw bytes must survive. */
export const plain =
  '{"id":"evt_1","type":"thing.created","data":{"amount":1234.5,"list":[1,2,3]}}';
export const nonAscii =
  '{"id":"evt_2","type":"thing.renamed","data":{"name":"Zoë — 東京 🚀 & <b>","amount":7}}';
export const spaced =
  '{\r\n  "id": "evt_3",\r\n  "type": "thing.removed",\r\n  "slash": "a\\/b",\r\n  "n": 1.0\r\n}\r\n';
