import { SaxesParser } from "saxes";
import { addValue, createNamedValues, type NamedValues } from "./named-values";

const maximumDepth = 64;
const maximumElements = 100_000;
const maximumAttributes = 100_000;

interface OpenElement {
  readonly name: string;
  text: string;
  /** Attributes and child elements; absent while there are none. */
  members?: NamedValues;
}

const toLocalName = (name: string): string => name.slice(name.lastIndexOf(":") + 1) || name;

const isNamespaceDeclaration = (name: string): boolean =>
  name === "xmlns" || name.startsWith("xmlns:");

const toValue = ({ members, text }: OpenElement): unknown => {
  if (!members) return text;
  if (text.trim() !== "") members["#text"] = text;
  return members;
};

const createCounter = (limit: number, what: string) => {
  let count = 0;
  return () => {
    count += 1;
    if (count > limit) throw new Error(`is XML with more than ${limit} ${what}`);
  };
};

/** Builds the tree while the parser walks. Throws as soon as a bound is crossed. */
const createTree = () => {
  const root: OpenElement = { name: "", text: "", members: createNamedValues() };
  const open: OpenElement[] = [root];
  const countElement = createCounter(maximumElements, "elements");
  const countAttribute = createCounter(maximumAttributes, "attributes");
  const innermost = (): OpenElement => open.at(-1) ?? root;
  const addMember = (name: string, value: unknown): void => {
    const parent = innermost();
    parent.members ??= createNamedValues();
    addValue(parent.members, name, value);
  };
  return {
    root: root.members,
    openElement: (name: string) => {
      countElement();
      if (open.length > maximumDepth)
        throw new Error(`is XML nested deeper than ${maximumDepth} levels`);
      open.push({ name: toLocalName(name), text: "" });
    },
    addAttribute: (name: string, value: string) => {
      countAttribute();
      if (!isNamespaceDeclaration(name)) addMember(`@${toLocalName(name)}`, value);
    },
    addText: (text: string) => {
      innermost().text += text;
    },
    closeElement: () => {
      const element = open.pop();
      if (element) addMember(element.name, toValue(element));
    },
  };
};

/**
 * An element is its text or, with attributes or children, a map: attributes as `@name`, text as `#text`, repeated
 * elements as arrays. Prefixes and namespace declarations go. Throws an error that says what is wrong with the body.
 */
export const parseXml = (text: string): unknown => {
  const parser = new SaxesParser();
  const tree = createTree();
  parser.on("error", () => {
    throw new Error(`is not XML from line ${parser.line}, column ${parser.column} on`);
  });
  parser.on("doctype", () => {
    throw new Error("is XML with a DOCTYPE");
  });
  parser.on("opentagstart", ({ name }) => tree.openElement(name));
  parser.on("attribute", ({ name, value }) => tree.addAttribute(name, value));
  parser.on("text", tree.addText);
  parser.on("cdata", tree.addText);
  parser.on("closetag", tree.closeElement);
  parser.write(text).close();
  return tree.root;
};
