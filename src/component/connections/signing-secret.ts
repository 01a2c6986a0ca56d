import { type Connection, connection } from "@prismatic-io/spectral";

export const signingSecret = connection({
  key: "signingSecret",
  display: {
    label: "Signing Secret",
    description: "The secret that proves that a webhook comes from its provider",
  },
  inputs: {
    secret: {
      label: "Secret",
      type: "password",
      required: true,
      comments:
        "The secret shared with the provider, or the provider's public key or certificate where it signs with a private key.",
      placeholder: "Enter the signing secret",
      example: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
    },
    previousSecret: {
      label: "Previous Secret",
      type: "password",
      required: false,
      comments: "The secret that is being replaced. It keeps working until this field is cleared.",
      placeholder: "Enter the secret that is being replaced",
    },
    username: {
      label: "User Name",
      type: "string",
      required: false,
      comments:
        "The user name for a provider that sends HTTP Basic credentials; the secret is the password.",
      placeholder: "Enter the user name",
      example: "webhooks",
    },
    verifyToken: {
      label: "Verify Token",
      type: "password",
      required: false,
      comments:
        "The token that the provider repeats when it checks the endpoint, for providers that ask for one.",
      placeholder: "Enter the verify token",
    },
  },
});

/** What the connection holds, secrets newest first. */
export interface SigningSecrets {
  readonly secrets: readonly string[];
  readonly username: string;
  readonly verifyToken: string;
}

export const readSigningSecrets = (value: Connection | undefined): SigningSecrets => {
  const field = (name: string): string => {
    const text = value?.fields?.[name];
    return typeof text === "string" ? text : "";
  };
  return {
    secrets: [field("secret"), field("previousSecret")],
    username: field("username"),
    verifyToken: field("verifyToken"),
  };
};
