import type { Reply } from "../src/http/reply";
import type { EvidenceKind, Provider } from "../src/providers/provider";
import { describeScheme } from "../src/signatures/describe-scheme";
import { describeSubscription } from "../src/subscriptions/describe-subscription";

const evidenceWords: Record<EvidenceKind, string> = {
  sdk: "SDK",
  docs: "docs",
  assumed: "assumed",
};

const LONGEST_BODY_SHOWN = 40;

/** Text for a table cell: nothing in it may end the cell or look like markup, except code that is marked as such. */
const toCell = (text: string): string =>
  text
    .replaceAll("\n", "\\n")
    .replaceAll("|", "\\|")
    .split(/(`[^`]*`)/)
    .map((piece) =>
      piece.startsWith("`")
        ? piece
        : piece.replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll("*", "\\*"),
    )
    .join("");

const toRow = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;

const describeBody = (body: string | undefined): string => {
  if (body === undefined) return "";
  if (body === "") return ", empty";
  const shown = body.length > LONGEST_BODY_SHOWN ? `${body.slice(0, LONGEST_BODY_SHOWN)}…` : body;
  return `, \`${shown}\``;
};

const describeReply = ({ status, contentType, body }: Reply): string =>
  `${status}${contentType && body ? ` ${contentType}` : ""}${describeBody(body)}`;

const describeAcknowledgement = ({ acknowledgement }: Provider): string => {
  if (!acknowledgement) return "any 2xx";
  return typeof acknowledgement === "function"
    ? "depends on the delivery"
    : describeReply(acknowledgement);
};

const describeChallenge = ({ challenge }: Provider): string => {
  if (!challenge) return "none";
  const when = { true: "signed", false: "unsigned", either: "signed and unsigned" };
  return `${when[`${challenge.signed}`]}: ${challenge.description}`;
};

/** Definitions write one sentence with or without its full stop. */
const toSentence = (text: string): string => (text.endsWith(".") ? text : `${text}.`);

/** The anchor that Markdown viewers make of a heading. */
const toAnchor = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, "")
    .replaceAll(" ", "-");

const columns = [
  "Provider",
  "Id",
  "Signature",
  "Challenge",
  "Acknowledgement",
  "Event id",
  "Event type",
  "Ordering key",
  "Evidence",
  "Docs",
];

const describeRow = (provider: Provider): string => {
  const { id, name, docs, evidence, signature, events } = provider;
  return toRow([
    `[${name}](#${toAnchor(name)})`,
    `\`${id}\``,
    describeScheme(signature).map(toCell).join("<br>"),
    toCell(describeChallenge(provider)),
    toCell(describeAcknowledgement(provider)),
    toCell(events.description.id),
    toCell(events.description.type),
    toCell(events.description.orderingKey),
    evidenceWords[evidence],
    `[docs](${docs})`,
  ]);
};

const describeSubscribing = ({ subscription }: Provider): readonly string[] =>
  subscription
    ? describeSubscription(subscription).map((line) => `* Subscription: ${toSentence(line)}`)
    : [];

const describeDetails = (provider: Provider): string => {
  const { id, name, secret, options = {}, rejection, notes = [] } = provider;
  return [
    `### ${name}`,
    "",
    `* Id: \`${id}\``,
    `* Signing secret: ${toSentence(secret)}`,
    ...Object.entries(options).map(
      ([option, words]) => `* Option \`${option}\`: ${toSentence(words)}`,
    ),
    ...(rejection ? [`* A rejected delivery is answered ${describeReply(rejection)}.`] : []),
    ...describeSubscribing(provider),
    ...notes.map((note) => `* ${note}`),
  ].join("\n");
};

const countBy = (providers: readonly Provider[], wanted: EvidenceKind): number =>
  providers.filter(({ evidence }) => evidence === wanted).length;

/** The catalogue as a Markdown page, made from the same definitions that verify. */
export const describeCatalogue = (providers: readonly Provider[]): string => `\
<!-- Generated from src/providers: UPDATE_DOCS=1 npx jest test/providers/docs.test.ts -->

# Providers

${providers.length} providers. In the signed content, \`{body}\` is the exact bytes of the body and \`{url}\` the URL that the provider was given;
\`\\n\` is a line end. An event whose id is not there, or not whole, gets a hash of its type, its delivery's body and its place in the batch.

Evidence says how sure the facts are: **SDK** (${countBy(providers, "sdk")}) is proven with deliveries that the provider or its SDK made or accepts, **docs** (${countBy(providers, "docs")}) is
read in the provider's documentation, **assumed** (${countBy(providers, "assumed")}) is said nowhere in public.

${[toRow(columns), toRow(columns.map(() => "---")), ...providers.map(describeRow)].join("\n")}

## Secrets, options and notes

${providers.map(describeDetails).join("\n\n")}
`;
