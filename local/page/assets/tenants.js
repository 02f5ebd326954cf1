import { asked, atMostEachSecond, byId, element } from "./element.js";
import { KeyedList } from "./keyed.js";
/** @import { GatewayState, Seen, TenantState } from "../messages" */

/** Who may log in and how, what each sees, and who is not served. */
export class Tenants {
  /** @type {KeyedList<TenantState>} */
  #list = new KeyedList(byId("tenant-list", HTMLElement), tenantItem);

  /** @param {GatewayState} state */
  show({ tenants, absent, notShown }) {
    this.#list.show(tenants);
    const shutOut = absent.map(({ name, why }) => element("li", {}, element("b", {}, name), ` ${why}`));
    byId("absent-list", HTMLElement).replaceChildren(...shutOut);
    byId("absent", HTMLElement).hidden = absent.length === 0;
    const more = byId("not-shown", HTMLElement);
    more.hidden = notShown === 0;
    more.textContent = `${notShown} more are not shown; npm run access has them all, and "Ask why" knows them.`;
  }

  /** Something has happened to files: what is opened is looked up anew. */
  refresh = atMostEachSecond(() => {
    for (const details of document.querySelectorAll("#tenant-list details[open]")) {
      details.dispatchEvent(new Event("toggle"));
    }
  });
}

/** @param {TenantState} tenant */
function tenantItem({ name, userName, commands, password, from }) {
  const login = userName === name ? [] : [element("span", { className: "quiet" }, ` logs in as ${userName}`)];
  const ways = [
    ...commands.map((command) => commandLine(name, command)),
    ...(password === undefined ? [] : [element("p", {}, "Password ", element("code", {}, password))]),
    ...(from === undefined ? [] : [element("p", {}, `From ${from} alone`)]),
  ];
  return element("li", {}, element("h3", {}, name, ...login), ...ways, seenDetails(name));
}

/**
 * @param {string} tenant
 * @param {string} command
 */
function commandLine(tenant, command) {
  const button = element("button", { type: "button", ariaLabel: `Copy the command of ${tenant}` }, "Copy");
  button.addEventListener("click", () => {
    const announcement = byId("announcement", HTMLElement);
    navigator.clipboard.writeText(command).then(
      () => {
        button.textContent = "Copied";
        announcement.textContent = `The command of ${tenant} is copied`;
        setTimeout(() => (button.textContent = "Copy"), 2000);
      },
      () => (announcement.textContent = "This browser does not let the page copy; select the command"),
    );
  });
  return element("div", { className: "command" }, element("code", {}, command), button);
}

/** @param {string} tenant */
function seenDetails(tenant) {
  const content = element("div");
  const details = element("details", {}, element("summary", {}, `What ${tenant} sees`), content);
  details.addEventListener("toggle", () => {
    if (details.open) {
      void fill(content, tenant);
    }
  });
  return details;
}

/**
 * @param {HTMLElement} content
 * @param {string} tenant
 */
async function fill(content, tenant) {
  try {
    /** @type {Seen} */
    const { folders } = await asked("seen", { tenant });
    content.replaceChildren(...folders.flatMap(folderElements));
  } catch (error) {
    content.textContent = /** @type {Error} */ (error).message;
  }
}

/** @param {Seen["folders"][number]} folder */
function folderElements({ entry, access, bucket, prefix, names, hasMore }) {
  const head = element(
    "p",
    {},
    element("code", {}, entry),
    ` ${access} `,
    element("span", { className: "quiet" }, `s3://${bucket}/${prefix}`),
  );
  if (names === undefined) {
    return [head, element("p", { className: "empty" }, "It cannot list what lies there")];
  }
  const found = names.map((name) => element("li", {}, element("code", {}, name)));
  const more = hasMore ? [element("li", { className: "quiet" }, "and more")] : [];
  return [
    head,
    names.length === 0
      ? element("p", { className: "empty" }, "Nothing lies there")
      : element("ul", {}, ...found, ...more),
  ];
}
