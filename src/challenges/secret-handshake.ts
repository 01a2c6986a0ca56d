import { answeredWithHeader, type Challenge, refused } from "./challenge";

/**
 * The provider hands over the signing secret in a header and expects it back.
 * Outside of a set-up only a handshake for a secret that is set already is answered: a stranger's would otherwise look accepted.
 */
export const secretHandshake = (header: string): Challenge => ({
  signed: false,
  description: `header ${header} → 200 with the same header, during a set-up`,
  answer: (request, context) => {
    const secret = request.headers.get(header);
    if (secret === undefined) return undefined;
    if (!context.isSettingUp && !context.isSecret(secret))
      return refused(
        "claim-mismatch",
        "A handshake for another secret than the one that is set, outside of a set-up. To subscribe anew by hand, clear the Signing Secret connection first.",
      );
    return answeredWithHeader(header, secret);
  },
});
