import { dataSource } from "@prismatic-io/spectral";
import { createQueue, type DeadLettered } from "../../queue/queue";
import { queueInputs } from "../inputs/queue";
import { useQueue } from "../queue/use-queue";

const { queueConnection, queue } = queueInputs;

const MOST_CHOICES = 200;
const LONGEST_PART = 60;

/** A key or reason may hold anything; a choice is one line. */
const shorten = (text: string): string => {
  const characters = [...text.replaceAll(/\p{Cc}+/gu, " ")];
  return characters.length > LONGEST_PART
    ? `${characters.slice(0, LONGEST_PART - 1).join("")}…`
    : characters.join("");
};

const toChoice = ({ id, orderingKey, reason, deadAt }: DeadLettered) => ({
  key: id,
  label: `${shorten(orderingKey)} · ${shorten(reason)} · ${deadAt.slice(0, 19)}Z`,
});

export const deadLetters = dataSource({
  display: {
    label: "Dead Letters",
    description: `The messages of a queue that were set aside, oldest first, up to ${MOST_CHOICES}.`,
  },
  inputs: { queueConnection, queue },
  dataSourceType: "picklist",
  perform: async (_context, params) => {
    const page = await useQueue(params.queueConnection, (access) =>
      createQueue(access, params.queue).listDeadLetters(MOST_CHOICES, null),
    );
    return { result: page.deadLetters.map(toChoice) };
  },
  examplePayload: {
    result: [{ key: "1042", label: "order-42 · The order does not exist. · 2026-11-21T04:21:40Z" }],
  },
});
