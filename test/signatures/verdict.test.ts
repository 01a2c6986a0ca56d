import { rejectionReasons } from "../../src/signatures/verdict";

it("rejects for the public reasons, which flow builders branch on and which never change", () => {
  expect([...rejectionReasons].sort()).toEqual([
    "body-too-large",
    "claim-mismatch",
    "key-unavailable",
    "secret-missing",
    "signature-malformed",
    "signature-mismatch",
    "signature-missing",
    "source-not-allowed",
    "timestamp-malformed",
    "timestamp-missing",
    "timestamp-outside-tolerance",
  ]);
});
