import { input } from "@prismatic-io/spectral";
import { toChoice, toText } from "./clean";

const choices = (...pairs: readonly (readonly [value: string, label: string])[]) =>
  pairs.map(([value, label]) => ({ label, value }));

/** How a request that is described by hand proves its origin. */
export const rawSignatureInputs = {
  signature: input({
    label: "Signature",
    type: "string",
    required: false,
    default: "none",
    comments: "How a request proves where it comes from. None accepts every request from anybody.",
    placeholder: "Choose the kind of signature",
    example: "hmac",
    model: choices(
      ["none", "None"],
      ["hmac", "HMAC"],
      ["token", "Shared token in a header"],
      ["basic", "HTTP Basic"],
    ),
    clean: toChoice("Signature", ["none", "hmac", "token", "basic"]),
  }),
  algorithm: input({
    label: "Algorithm",
    type: "string",
    required: false,
    default: "sha256",
    comments: "The hash inside the HMAC.",
    placeholder: "Choose the algorithm",
    example: "sha256",
    model: choices(["sha256", "SHA-256"], ["sha1", "SHA-1"], ["sha512", "SHA-512"]),
    clean: toChoice("Algorithm", ["sha256", "sha1", "sha512"]),
  }),
  encoding: input({
    label: "Encoding",
    type: "string",
    required: false,
    default: "hex",
    comments: "How the signature is written in its header.",
    placeholder: "Choose the encoding",
    example: "hex",
    model: choices(["hex", "Hex"], ["base64", "Base64"], ["base64url", "Base64 URL"]),
    clean: toChoice("Encoding", ["hex", "base64", "base64url"]),
  }),
  signatureHeader: input({
    label: "Signature Header",
    type: "string",
    required: false,
    comments:
      "The header that carries the signature or the shared token, or query: and the name of a query parameter. HTTP Basic always uses the Authorization header.",
    placeholder: "Enter the name of the header",
    example: "X-Signature-256",
    clean: toText,
  }),
  signaturePrefix: input({
    label: "Signature Prefix",
    type: "string",
    required: false,
    comments: "The text in front of the signature in its header.",
    placeholder: "Enter the prefix",
    example: "sha256=",
    clean: toText,
  }),
  signedContent: input({
    label: "Signed Content",
    type: "string",
    required: false,
    default: "{body}",
    comments:
      "What the signature covers, with {body}, {timestamp}, {url}, {method}, {header:name} and {query:name} as placeholders.",
    placeholder: "Enter the signed content",
    example: "{timestamp}.{body}",
    clean: toText,
  }),
  timestampHeader: input({
    label: "Timestamp Header",
    type: "string",
    required: false,
    comments:
      "The header that carries the time of signing. Requests outside the tolerance are rejected.",
    placeholder: "Enter the name of the header",
    example: "X-Signature-Timestamp",
    clean: toText,
  }),
  timestampUnit: input({
    label: "Timestamp Unit",
    type: "string",
    required: false,
    default: "seconds",
    comments: "How the time of signing is written.",
    placeholder: "Choose the unit",
    example: "seconds",
    model: choices(
      ["seconds", "Seconds since 1970"],
      ["milliseconds", "Milliseconds since 1970"],
      ["iso8601", "ISO 8601"],
    ),
    clean: toChoice("Timestamp Unit", ["seconds", "milliseconds", "iso8601"]),
  }),
  secretEncoding: input({
    label: "Secret Encoding",
    type: "string",
    required: false,
    default: "utf8",
    comments: "How the secret's text becomes the key of the HMAC.",
    placeholder: "Choose the encoding",
    example: "utf8",
    model: choices(["utf8", "As it is"], ["base64", "Base64"], ["hex", "Hex"]),
    clean: toChoice("Secret Encoding", ["utf8", "base64", "hex"]),
  }),
} as const;
