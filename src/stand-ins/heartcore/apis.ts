import { readPath } from "../../http/json-path";
import type { StandInAnswer, StandInWorld } from "../stand-in";
import {
  denied,
  fail,
  type HeartcoreCall,
  hasKey,
  namesProject,
  toDelivered,
  toList,
  toManaged,
} from "./answers";
import {
  CONTENT_TYPES,
  type HeartcoreItem,
  type HeartcoreProject,
  type HeartcoreRecord,
  MEDIA_TYPES,
  noteEvent,
} from "./project";

/** The user that the API key belongs to. */
const WRITER = "API User";

const toType = ({ alias, name, id }: (typeof CONTENT_TYPES)[number]) => ({
  allowCultureVariant: false,
  alias,
  compositions: [],
  groups: [],
  name,
  _createDate: "2019-10-04T07:10:08.99Z",
  _id: id,
  _updateDate: "2019-10-04T07:10:08.99Z",
});

const answerTypes = (call: HeartcoreCall): StandInAnswer => {
  const [kind, , alias] = call.segments;
  const isMedia = kind === "media";
  const types = isMedia ? MEDIA_TYPES : CONTENT_TYPES;
  if (alias === undefined)
    return toList(
      call,
      isMedia ? "mediatypes" : "contenttypes",
      types.map((type) => [type.alias, toType(type)] as const),
    );
  const type = types.find((known) => known.alias === alias);
  const what = isMedia ? "Media" : "Content";
  return type
    ? { status: 200, body: toType(type) }
    : fail(404, `${what} Type with alias '${alias}' could not be found.`);
};

const readInvariant = (value: unknown): unknown => {
  const invariant = readPath(value, "$invariant");
  return invariant === undefined ? value : invariant;
};

const readWritten = (body: unknown): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(typeof body === "object" && body !== null ? body : {}).map(([name, value]) => [
      name,
      readInvariant(value),
    ]),
  );

const create = (project: HeartcoreProject, call: HeartcoreCall, world: StandInWorld) => {
  if (call.body === "") return fail(400, "Body cannot be empty.");
  const now = world.now().toISOString();
  const record: HeartcoreRecord = {
    _creatorName: WRITER,
    _writerName: WRITER,
    _hasChildren: false,
    _level: 1,
    sortOrder: 0,
    ...readWritten(call.body),
    _createDate: now,
    _updateDate: now,
    _id: world.newId(),
  };
  const item: HeartcoreItem = { record, state: "draft" };
  project.items.set(record._id, item);
  return { status: 201, body: toManaged(item, call) };
};

const EVENT_OF: Readonly<Record<string, string>> = {
  "PUT publish": "content.publish",
  "PUT unpublish": "content.unpublish",
  "DELETE ": "content.delete",
};

/** Changes content as a person does in the backoffice, and causes the same events. */
const change = (
  project: HeartcoreProject,
  item: HeartcoreItem,
  call: HeartcoreCall,
  world: StandInWorld,
): StandInAnswer => {
  const { method, segments } = call;
  const [, id = "", action = ""] = segments;
  const changed = { _writerName: WRITER, _updateDate: world.now().toISOString() };
  const record = { ...item.record, ...changed };
  const event = EVENT_OF[`${method} ${action}`];
  if (event !== undefined) {
    const payload = event === "content.publish" ? record : { _id: record._id };
    noteEvent(project, event, payload);
    world.fire(event, payload);
  } else if (method === "PUT" && action === "") {
    const written = { ...record, ...readWritten(call.body), _id: record._id };
    project.items.set(id, { ...item, record: written });
  } else if (method !== "GET") return fail(404, "The requested resource could not be found.");
  return { status: 200, body: toManaged(project.items.get(id) ?? item, call) };
};

/** https://docs.umbraco.com/umbraco-heartcore/api-documentation/content-management, as far as webhooks have to do with it. */
export const answerManagement = (
  project: HeartcoreProject,
  call: HeartcoreCall,
  world: StandInWorld,
): StandInAnswer => {
  if (!namesProject(call) || !hasKey(call)) return denied;
  const [kind, id] = call.segments;
  if (id === "type" && call.method === "GET") return answerTypes(call);
  if (kind === "content" && id === undefined && call.method === "POST")
    return create(project, call, world);
  const item = project.items.get(id ?? "");
  return kind === "content" && item && item.state !== "deleted"
    ? change(project, item, call, world)
    : fail(404, `Content with id '${id}' could not be found.`);
};

/** https://docs.umbraco.com/umbraco-heartcore/api-documentation/content-delivery, open as it is at first. */
export const answerDelivery = (project: HeartcoreProject, call: HeartcoreCall): StandInAnswer => {
  if (!namesProject(call)) return denied;
  const [kind, id = ""] = call.segments;
  const item = project.items.get(id.toLowerCase());
  const isOfKind = item && Object.hasOwn(item.record, "mediaTypeAlias") === (kind === "media");
  if (isOfKind && item.state === "published")
    return { status: 200, body: toDelivered(item.record, call) };
  return kind === "media"
    ? fail(404, `Media with id '${id}' could not be found.`)
    : fail(404, `Published content with id '${id}' and culture 'en-US' could not be found.`);
};
