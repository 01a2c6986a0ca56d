import { existsSync } from "node:fs";
import module from "node:module";
import { extname, join } from "node:path";
import { HooklineError, toMessage } from "../../errors";
import type {
  ComponentDescription,
  InputDescription,
  TriggerDescription,
} from "../isolation/component-description";
import { lifecycleHooks } from "../isolation/lifecycle-hook";
import type { Component, Trigger } from "../platform/component";

const unusable = (message: string, cause?: unknown): HooklineError =>
  new HooklineError("COMPONENT_UNUSABLE", message, { cause });

const requireBundle = (file: string): { default?: unknown } => {
  try {
    return module.createRequire(file)(file);
  } catch (cause) {
    throw unusable(
      `The component in ${file} failed while it was loaded: ${toMessage(cause)}`,
      cause,
    );
  }
};

const isPng = (directory: string, iconPath: string): boolean =>
  extname(iconPath.trim()).toLowerCase() === ".png" && existsSync(join(directory, iconPath));

/** The checks that `prism components:publish` makes before it uploads anything. */
const ensurePublishable = (candidate: unknown, directory: string): Component => {
  const component = candidate as Partial<Component> | undefined;
  if (typeof component !== "object" || component === null || !component.key) {
    throw unusable(
      `${join(directory, "index.js")} has no component as its default export. Export what spectral's component() returns as default.`,
    );
  }
  if (!component.display?.label || !component.display.description) {
    throw unusable(
      `Component "${component.key}" is missing the required values \`label\` or \`description\`. Set both in its display.`,
    );
  }
  const { iconPath } = component.display;
  if (iconPath && !isPng(directory, iconPath)) {
    throw unusable(
      `Component "${component.key}": the icon ${iconPath} does not exist in ${directory} or is not a png. Copy it there during the build.`,
    );
  }
  return component as Component;
};

/** Loads a component's bundle the way the platform does: `require("./index.js").default`. */
const loadBundle = (directory: string): Component =>
  ensurePublishable(requireBundle(join(directory, "index.js")).default, directory);

/** @throws HooklineError COMPONENT_UNUSABLE, saying which bundle and what to do. */
export const loadBundles = (directories: readonly string[]): ReadonlyMap<string, Component> => {
  const components = new Map<string, Component>();
  for (const component of directories.map(loadBundle)) {
    if (components.has(component.key)) {
      throw unusable(`Two components have the key "${component.key}". Load only one of them.`);
    }
    components.set(component.key, component);
  }
  return components;
};

const describeTrigger = (trigger: Trigger): TriggerDescription => ({
  key: trigger.key,
  label: trigger.display?.label ?? trigger.key,
  inputs: (trigger.inputs ?? []).map(describeInput),
  hooks: lifecycleHooks.filter((hook) => typeof trigger[hook] === "function"),
  isScheduled: trigger.isPollingTrigger === true || trigger.scheduleSupport === "required",
});

const describeInput = (input: InputDescription): InputDescription => ({
  key: input.key,
  type: input.type,
  required: input.required === true,
  default: input.default,
  ...(input.label === undefined ? {} : { label: input.label }),
  ...(input.collection === undefined ? {} : { collection: input.collection }),
});

/** What the runner needs to know about a component without running it. */
export const describeComponent = (component: Component): ComponentDescription => ({
  key: component.key,
  label: component.display.label,
  triggers: Object.values(component.triggers ?? {}).map(describeTrigger),
  connections: (component.connections ?? []).map(({ key, inputs }) => ({
    key,
    inputs: (inputs ?? []).map(describeInput),
  })),
});
