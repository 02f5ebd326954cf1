import * as grpc from "@grpc/grpc-js";

/** How often a plugin looks whether the engine that started it still runs. */
const parentCheckMilliseconds = 100;

/**
 * Serves a plugin as the engine expects it: on any free port, whose number is the first line on stdout. A plugin whose
 * engine was killed ends itself: nobody else would.
 */
export function servePlugin(
  service: grpc.ServiceDefinition,
  implementation: grpc.UntypedServiceImplementation,
  onOrphaned: () => void = () => {},
): void {
  // The engine's own limit; a stack of many tenants exceeds gRPC's default of 4 MB.
  const limit = 400 * 1024 * 1024;
  const server = new grpc.Server({ "grpc.max_receive_message_length": limit, "grpc.max_send_message_length": limit });
  server.addService(service, implementation);
  server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
    if (error) {
      throw error;
    }
    process.stdout.write(`${port}\n`);
  });
  const engine = process.ppid;
  setInterval(() => {
    if (process.ppid !== engine) {
      onOrphaned();
      process.exit(1);
    }
  }, parentCheckMilliseconds);
}

/** A unary method that answers from a function of the request; what it throws becomes the call's error. */
export function unary<Request, Response>(
  answer: (request: Request) => Response | Promise<Response>,
): grpc.handleUnaryCall<Request, Response> {
  return (call, callback) => {
    void Promise.resolve(call.request)
      .then(answer)
      .then(
        (response) => callback(null, response),
        (error: unknown) => callback(error as grpc.ServiceError),
      );
  };
}
