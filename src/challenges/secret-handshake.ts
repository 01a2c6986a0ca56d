import { answered, type Challenge, refused } from "./challenge";

/**
 * The provider hands over the signing secret in a header and expects it back.
 * Once secrets are set, only a handshake for one of them is answered: a stranger's would otherwise look accepted.
 */
export const secretHandshake = (header: string): Challenge => ({
  signed: false,
  description: `header ${header} → 200 with the same header, while no other secret is set`,
  answer: (request, context) => {
    const secret = request.headers.get(header);
    if (secret === undefined) return undefined;
    if (context.hasSecret && !context.isSecret(secret))
      return refused(
        "claim-mismatch",
        "A handshake for another secret than the one that is set. To subscribe anew, clear the Signing Secret connection first.",
      );
    return answered({
      status: 200,
      contentType: "text/plain",
      headers: { [header]: secret },
      body: "",
    });
  },
});
