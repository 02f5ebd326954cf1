import { SftpGateway } from "./components/gateway";
import { readSettings } from "./settings";

/** The program: settings in, one gateway and the stack's outputs out. */
export = async () => {
  const gateway = new SftpGateway("gateway", readSettings());
  const [tenants, encryptionKeyArn] = await Promise.all([gateway.tenants, gateway.encryptionKeyArn]);
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
    ...(encryptionKeyArn === undefined ? {} : { encryptionKeyArn }),
    ...(tenants === undefined ? {} : { tenants }),
  };
};
