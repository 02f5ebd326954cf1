import { writeFileSync } from "node:fs";
import { Metadata, status, type ServiceError as CallError } from "@grpc/grpc-js";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import {
  CheckFailure,
  CheckResponse,
  ConfigureResponse,
  CreateResponse,
  DiffResponse,
  ErrorResourceInitFailed,
  InvokeResponse,
  ProviderHandshakeResponse,
  ReadResponse,
  UpdateResponse,
  type CheckRequest,
  type ConfigureRequest,
  type CreateRequest,
  type DeleteRequest,
  type DiffRequest,
  type InvokeRequest,
  type ReadRequest,
  type UpdateRequest,
} from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct, type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";
import { partitionOf } from "../../../iam/arn";
import { invoked, syntheticAccount } from "../../../synth/computed";
import { servePlugin, unary } from "../plugins/serve";
import { Faults, IncompleteError } from "./faults";
import {
  create,
  difference,
  inputProblems,
  plannedOutputs,
  remove,
  update,
  withAutoName,
  type Subject,
} from "./operations";
import { processFile, Service, type Properties, type StoredResource } from "./service";

/** `pulumi-resource-aws` for the tests: the engine's provider protocol in front of the stand-in for AWS's services. */

const directory = process.env["SERVICE_DIRECTORY"];
if (directory === undefined) {
  throw new Error("SERVICE_DIRECTORY must name the folder of the service's state");
}
const service = Service.open(directory);
writeFileSync(processFile(directory), String(process.pid));
const faults = new Faults(directory);
let region = "";

function configure(request: ConfigureRequest): ConfigureResponse {
  region = request.getVariablesMap().get("aws:config:region") ?? "";
  if (region === "") {
    throw new Error("the provider needs aws:region");
  }
  const response = new ConfigureResponse();
  response.setSupportspreview(true);
  return response;
}

function check(request: CheckRequest): CheckResponse {
  const subject = subjectOf(request.getUrn());
  const old = properties(request.getOlds());
  const inputs = withAutoName(subject, properties(request.getNews()), old, request.getRandomseed_asU8());
  const response = new CheckResponse();
  response.setInputs(struct(inputs));
  response.setFailuresList(
    inputProblems(subject, inputs).map(({ path, reason }) => {
      const failure = new CheckFailure();
      failure.setProperty(path);
      failure.setReason(reason);
      return failure;
    }),
  );
  return response;
}

function diff(request: DiffRequest): DiffResponse {
  const { changed, replaces } = difference(
    subjectOf(request.getUrn()),
    properties(request.getOldInputs()),
    properties(request.getNews()),
  );
  const response = new DiffResponse();
  const { DIFF_SOME, DIFF_NONE } = DiffResponse.DiffChanges;
  response.setChanges(changed.length > 0 ? DIFF_SOME : DIFF_NONE);
  response.setDiffsList([...changed]);
  response.setReplacesList([...replaces]);
  return response;
}

function createResource(request: CreateRequest): CreateResponse {
  const inputs = properties(request.getProperties());
  const subject = subjectOf(request.getUrn());
  const scope = { partition: partitionOf(region), region, account: syntheticAccount };
  const response = new CreateResponse();
  if (request.getPreview()) {
    response.setProperties(struct(plannedOutputs(subject, inputs, scope)));
    return response;
  }
  const created = changing(subject, () => create(service, subject, inputs, scope));
  response.setId(created.id);
  response.setProperties(struct(outputsOf(created)));
  return response;
}

function updateResource(request: UpdateRequest): UpdateResponse {
  const inputs = properties(request.getNews());
  const subject = subjectOf(request.getUrn());
  const response = new UpdateResponse();
  if (request.getPreview()) {
    const { computed } = service.find(subject.type, request.getId()) ?? {};
    response.setProperties(struct({ ...inputs, ...computed }));
    return response;
  }
  const updated = changing(subject, () => update(service, subject, request.getId(), inputs));
  response.setProperties(struct(outputsOf(updated)));
  return response;
}

/** Makes a change unless a fault is planned for it; one that is made and not completed tells what it made. */
function changing({ type }: Subject, change: () => StoredResource): StoredResource {
  let made: StoredResource | undefined;
  try {
    return faults.during(type, () => (made = change()));
  } catch (error) {
    throw error instanceof IncompleteError && made !== undefined ? initFailure(made, error) : error;
  }
}

function read(request: ReadRequest): ReadResponse {
  const response = new ReadResponse();
  const resource = service.find(subjectOf(request.getUrn()).type, request.getId());
  if (resource !== undefined) {
    response.setId(resource.id);
    response.setProperties(struct(outputsOf(resource)));
    response.setInputs(struct(resource.inputs));
  }
  return response;
}

function deleteResource(request: DeleteRequest): Empty {
  const subject = subjectOf(request.getUrn());
  faults.during(subject.type, () => remove(service, subject, request.getId()));
  return new Empty();
}

function invoke(request: InvokeRequest): InvokeResponse {
  const response = new InvokeResponse();
  response.setReturn(struct(invoked(request.getTok())));
  return response;
}

/** The engine's form for "it was created, and is not usable yet". Source: `provider/server.ts` of @pulumi/pulumi. */
function initFailure(resource: StoredResource, { message }: Error): Partial<CallError> {
  const failure = new ErrorResourceInitFailed();
  failure.setId(resource.id);
  failure.setProperties(struct(outputsOf(resource)));
  failure.setInputs(struct(resource.inputs));
  failure.setReasonsList([message]);
  const detail = new Any();
  detail.pack(failure.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const error = new Status();
  error.setCode(status.UNKNOWN);
  error.setMessage(message);
  error.addDetails(detail);
  const metadata = new Metadata();
  metadata.add("grpc-status-details-bin", Buffer.from(error.serializeBinary()));
  return { code: status.UNKNOWN, details: message, metadata };
}

/** `urn:pulumi:STACK::PROJECT::PARENT-TYPES$TYPE::NAME`; a name may hold `::`, a type may not. */
function subjectOf(urn: string): Subject {
  const [, , types = "", ...name] = urn.split("::");
  return { type: types.split("$").at(-1) ?? "", name: name.join("::") };
}

function outputsOf({ inputs, computed }: StoredResource): Properties {
  return { ...inputs, ...computed };
}

function properties(struct: Struct | undefined): Properties {
  return struct?.toJavaScript() ?? {};
}

function struct(values: Properties): Struct {
  return Struct.fromJavaScript(values as Record<string, JavaScriptValue>);
}

function pluginInfo(): PluginInfo {
  const info = new PluginInfo();
  info.setVersion("7.48.0");
  return info;
}

servePlugin(ResourceProviderService, {
  handshake: unary(() => new ProviderHandshakeResponse()),
  getPluginInfo: unary(pluginInfo),
  attach: unary(() => new Empty()),
  cancel: unary(() => new Empty()),
  configure: unary(configure),
  check: unary(check),
  diff: unary(diff),
  create: unary(createResource),
  read: unary(read),
  update: unary(updateResource),
  delete: unary(deleteResource),
  invoke: unary(invoke),
});
