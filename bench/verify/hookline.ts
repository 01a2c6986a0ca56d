export { findProvider } from "../../src/providers/catalogue";
export { standardWebhooks } from "../../src/signatures/standard-webhooks";
export { verifySignature } from "../../src/signatures/verify-signature";
