import { SftpGateway } from "./components/gateway";
import { readSettings } from "./settings";

/** The program: settings in, one gateway and the stack's outputs out. */
export = async () => {
  const settings = readSettings();
  const gateway = new SftpGateway("gateway", settings);
  const [tenants, encryptionKeyArn] = await Promise.all([gateway.tenants, gateway.encryptionKeyArn]);
  return {
    endpoint: gateway.endpoint,
    ...(settings.hostname === "" ? {} : { hostname: gateway.hostname }),
    ...(settings.endpoint === "vpc" ? { addresses: gateway.addresses } : {}),
    serverId: gateway.serverId,
    hostKeyFingerprint: gateway.hostKeyFingerprint,
    ...(settings.hostKeyPublic === "" ? {} : { knownHosts: gateway.knownHosts }),
    bucketName: gateway.bucketName,
    loggingRoleArn: gateway.loggingRoleArn,
    logGroupName: gateway.logGroupName,
    arrivalsTopicArn: gateway.arrivalsTopicArn,
    uploadsTopicArn: gateway.uploadsTopicArn,
    alarmsTopicArn: gateway.alarmsTopicArn,
    ...(encryptionKeyArn === undefined ? {} : { encryptionKeyArn }),
    ...(tenants === undefined ? {} : { tenants }),
  };
};
