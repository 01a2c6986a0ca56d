import { input } from "@prismatic-io/spectral";
import { toNumber } from "./clean";

/** An optional number. Its range is checked where the rules are that it belongs to, which name the label. */
export const numberInput = <const Usual extends number | undefined>(
  display: { readonly label: string; readonly comments: string; readonly example: string },
  usual: Usual,
) =>
  input({
    ...display,
    type: "string",
    required: false,
    placeholder: display.label.includes("Seconds") ? "Enter a number of seconds" : "Enter a number",
    ...(usual !== undefined && { default: String(usual) }),
    clean: toNumber(usual),
  });
