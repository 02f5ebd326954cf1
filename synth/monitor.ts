import { InvokeResponse } from "@pulumi/pulumi/proto/provider_pb";
import {
  RegisterResourceResponse,
  type ResourceInvokeRequest,
  type RegisterResourceOutputsRequest,
  type RegisterResourceRequest,
} from "@pulumi/pulumi/proto/resource_pb";
import { MockMonitor } from "@pulumi/pulumi/runtime/mocks";
import { Struct, type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";
import type { AwsScope } from "../iam/arn";
import { awsxVpcType, insideOfVpc, outputsOfVpc, withIds } from "./awsxVpc";
import { computed, invoked } from "./computed";
import type { DeployedResource } from "./deployment";
import { furtherOptions } from "./options";
import { plainValue, repeated } from "./plainValue";
import { UserError } from "../userError";

type Callback = (error: unknown, response: unknown) => void;
type Properties = Readonly<Record<string, unknown>>;

const stackType = "pulumi:pulumi:Stack";

/**
 * Stands where the engine would: answers each registration as AWS would and keeps what it saw. The SDK's own mock
 * monitor hides parents, protection and dependencies; this one records the whole request.
 */
export class RecordingMonitor extends MockMonitor {
  readonly recorded = new Map<string, DeployedResource>();
  stackOutputs: Properties = {};
  /** The first request that could not be answered; the SDK reports it less readably. */
  failure: Error | undefined;

  constructor(
    private readonly project: string,
    private readonly stack: string,
    private readonly scope: AwsScope,
  ) {
    super({ call: ({ token }) => refuse(token), newResource: ({ type }) => refuse(type) });
  }

  override invoke(request: ResourceInvokeRequest, callback: Callback): Promise<void> {
    return this.answer(callback, () => {
      const response = new InvokeResponse();
      const args = toProperties(request.getArgs());
      response.setReturn(toStruct(invoked(request.getTok(), args, this.scope.region)));
      return response;
    });
  }

  override registerResource(request: RegisterResourceRequest, callback: Callback): Promise<void> {
    return this.answer(callback, () => this.register(request));
  }

  override readResource(_request: unknown, callback: Callback): Promise<void> {
    return this.answer(callback, () => refuse("the program reads an existing resource, which only the engine can"));
  }

  override registerResourceOutputs(request: RegisterResourceOutputsRequest, callback: Callback): void {
    void this.answer(callback, () => this.complete(request.getUrn(), request.getOutputs()));
  }

  /** `pulumi.runtime.registerResourceTransform`, of which the SDK tells the monitor. */
  registerStackTransform(_request: unknown, callback: Callback): void {
    void this.answer(callback, () => refuseTransforms("the program"));
  }

  /** `pulumi.runtime.registerInvokeTransform`. */
  registerStackInvokeTransform(_request: unknown, callback: Callback): void {
    void this.answer(callback, () => refuseTransforms("the program"));
  }

  /** `new pulumi.ResourceHook`. */
  registerResourceHook(_request: unknown, callback: Callback): void {
    void this.answer(callback, refuseHooks);
  }

  /** `new pulumi.ErrorHook`. */
  registerErrorHook(_request: unknown, callback: Callback): void {
    void this.answer(callback, refuseHooks);
  }

  private answer(callback: Callback, respond: () => unknown): Promise<void> {
    let answer: Parameters<Callback>;
    try {
      answer = [null, respond()];
    } catch (error) {
      this.failure ??= error as Error;
      answer = [error, undefined];
    }
    callback(...answer);
    return Promise.resolve();
  }

  private register(request: RegisterResourceRequest): RegisterResourceResponse {
    const type = request.getType();
    const name = request.getName();
    const urn = this.urnOf(type, name, request.getParent());
    if (this.recorded.has(urn)) {
      refuse(`two resources are registered as ${urn}`);
    }
    if (request.getTransformsList().length > 0) {
      refuseTransforms(`${type} "${name}"`);
    }
    const inputs = toProperties(request.getObject());
    const options = furtherOptions(request);
    const custom = request.getCustom();
    const { id, outputs } = custom
      ? computed(type, name, inputs, this.scope)
      : { id: null, outputs: request.getRemote() ? this.constructed(type, name, urn, inputs) : {} };
    const plainInputs = plainValue(inputs) as Properties;
    this.recorded.set(urn, {
      urn,
      type,
      name,
      parent: request.getParent() || null,
      custom,
      id,
      inputs: plainInputs,
      outputs: { ...repeated(plainInputs), ...(plainValue(outputs) as Properties) },
      protect: request.getProtect() ?? false,
      retainOnDelete: request.getRetainondelete() ?? false,
      ...(request.getProvider() === "" ? {} : { provider: request.getProvider() }),
      ...(options === undefined ? {} : { options }),
      dependsOn: [...request.getDependenciesList()].sort(),
    });
    const response = new RegisterResourceResponse();
    response.setUrn(urn);
    response.setId(id ?? "");
    response.setObject(toStruct({ ...inputs, ...outputs }));
    return response;
  }

  /** A component whose inside a plugin would make: its parts are recorded as if the engine had been asked for each. */
  private constructed(type: string, name: string, urn: string, inputs: Properties): Properties {
    if (type !== awsxVpcType) {
      refuse(`${type} "${name}" is a component of a plugin: nothing can tell what it would deploy`);
    }
    const inner = insideOfVpc(name, plainValue(inputs) as Properties, this.scope.region);
    const made = new Map<string, { readonly urn: string; readonly id: string }>();
    const idOf = (key: string) => made.get(key)?.id;
    for (const each of inner) {
      const own = withIds(each.inputs, idOf);
      const parent = each.parent === undefined ? urn : (made.get(each.parent)?.urn ?? urn);
      const { id, outputs } = computed(each.type, each.name, own, this.scope);
      const innerUrn = this.urnOf(each.type, each.name, parent);
      const named = Object.values(each.inputs).flatMap((value) =>
        typeof value === "string" && value.startsWith("$") ? [made.get(value.slice(1))?.urn ?? urn] : [],
      );
      made.set(each.key, { urn: innerUrn, id });
      this.recorded.set(innerUrn, {
        urn: innerUrn,
        type: each.type,
        name: each.name,
        parent,
        custom: true,
        id,
        inputs: own,
        outputs: { ...own, ...outputs },
        protect: false,
        retainOnDelete: false,
        dependsOn: [...new Set(named)].sort(),
      });
    }
    return outputsOfVpc(inner, idOf);
  }

  private complete(urn: string, struct: Struct | undefined): object {
    const resource = this.recorded.get(urn) ?? refuse(`outputs of ${urn}, which was never registered`);
    const outputs = plainValue(toProperties(struct)) as Properties;
    this.recorded.set(urn, { ...resource, outputs });
    if (resource.type === stackType) {
      this.stackOutputs = outputs;
    }
    return {};
  }

  /** `urn:pulumi:STACK::PROJECT::TYPES::NAME`, where TYPES are those from below the stack to the resource, by `$`. */
  private urnOf(type: string, name: string, parent: string): string {
    const parentTypes = parent.split("::")[2];
    const types = parentTypes === undefined || parentTypes === stackType ? type : `${parentTypes}$${type}`;
    return `urn:pulumi:${this.stack}::${this.project}::${types}::${name}`;
  }
}

function toStruct(properties: Properties): Struct {
  return Struct.fromJavaScript(properties as Record<string, JavaScriptValue>);
}

function toProperties(struct: Struct | undefined): Properties {
  return struct?.toJavaScript() ?? {};
}

function refuseTransforms(who: string): never {
  refuse(
    `${who} registers transforms, which the engine would apply after everything that is proven here: nothing can tell ` +
      'what would be deployed; "transformations", which run in the program, can be used instead',
  );
}

function refuseHooks(): never {
  refuse(
    "the program registers a hook, which the engine would run during an update: nothing can tell what it would do",
  );
}

function refuse(message: string): never {
  throw new UserError(message);
}
