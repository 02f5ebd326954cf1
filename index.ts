import { SftpGateway } from "./components/gateway";
import { readSettings } from "./settings";

/** The program: settings in, one gateway and the stack's outputs out. */
export = async () => {
  const gateway = new SftpGateway("gateway", readSettings());
  const [tenants, knownHosts] = await Promise.all([gateway.tenants, gateway.knownHosts]);
  return {
    endpoint: gateway.endpoint,
    serverId: gateway.serverId,
    hostKeyFingerprint: gateway.hostKeyFingerprint,
    bucketName: gateway.bucketName,
    loggingRoleArn: gateway.loggingRoleArn,
    logGroupName: gateway.logGroupName,
    arrivalsTopicArn: gateway.arrivalsTopicArn,
    uploadsTopicArn: gateway.uploadsTopicArn,
    alarmsTopicArn: gateway.alarmsTopicArn,
    ...(knownHosts === undefined ? {} : { knownHosts }),
    ...(tenants === undefined ? {} : { tenants }),
  };
};
