import * as grpc from "@grpc/grpc-js";

/** How often a plugin looks whether the engine that started it still runs. */
const parentCheckMilliseconds = 100;

/** The engine's own limit; a stack of many tenants exceeds gRPC's default of 4 MB. */
const messageLimit = 400 * 1024 * 1024;

/** For servers and clients alike. */
export const channelOptions = {
  "grpc.max_receive_message_length": messageLimit,
  "grpc.max_send_message_length": messageLimit,
};

/** A gRPC server on any free port of this machine. */
export function listen(
  service: grpc.ServiceDefinition,
  implementation: grpc.UntypedServiceImplementation,
): Promise<{ readonly server: grpc.Server; readonly port: number }> {
  const server = new grpc.Server(channelOptions);
  server.addService(service, implementation);
  return new Promise((resolve, reject) =>
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) =>
      error ? reject(error) : resolve({ server, port }),
    ),
  );
}

/**
 * Serves a plugin as the engine expects it: its port is the first line on stdout. A plugin whose engine was killed ends
 * itself: nobody else would.
 */
export function servePlugin(
  service: grpc.ServiceDefinition,
  implementation: grpc.UntypedServiceImplementation,
  onOrphaned: () => void = () => {},
): void {
  void listen(service, implementation).then(({ port }) => process.stdout.write(`${port}\n`));
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
