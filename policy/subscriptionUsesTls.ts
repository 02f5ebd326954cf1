import type { Rule } from "./rule";

const subscriptionTypes = ["aws:sns/topicSubscription:TopicSubscription"] as const;

/** Whoever is on the way to an http endpoint reads which partner sent which file, and can send such messages as well. */
export const subscriptionUsesTls: Rule<(typeof subscriptionTypes)[number]> = {
  name: "notification-subscription-uses-tls",
  description: "No subscription to a topic delivers to an endpoint without TLS.",
  subjects: subscriptionTypes,
  *check(subscription) {
    if (subscription.at("protocol").known() === "http") {
      yield (
        `${subscription.label} delivers over plain HTTP. Set \`protocol\` to https, and \`endpoint\` to an address ` +
        "that begins with https://."
      );
    }
  },
};
