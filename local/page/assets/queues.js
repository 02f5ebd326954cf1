import { asked, atMostEachSecond, byId, element, timeElement } from "./element.js";
import { KeyedList } from "./keyed.js";
/** @import { GatewayState, QueueContent, QueueState, Row } from "../messages" */

/** The queues, each with how many messages it has, and opened with the last of them. */
export class Queues {
  /** @type {Map<string, number | undefined>} */
  #counts = new Map();
  /** @type {KeyedList<Pick<QueueState, "name" | "takesDeadLetters">>} */
  #list = new KeyedList(byId("queue-list", HTMLElement), (queue) => this.#item(queue));

  /** @param {GatewayState} state */
  show({ queues }) {
    this.#counts = new Map(queues.map(({ name, messages }) => [name, messages]));
    this.#list.show(queues.map(({ name, takesDeadLetters }) => ({ name, takesDeadLetters })));
    queues.forEach(({ name }) => this.#tell(name));
  }

  /** @param {Row} row */
  take({ queue }) {
    const count = queue === undefined ? undefined : this.#counts.get(queue);
    if (queue !== undefined && count !== undefined) {
      this.#counts.set(queue, count + 1);
      this.#tell(queue);
    }
    if (queue !== undefined) {
      this.#refresh();
    }
  }

  #refresh = atMostEachSecond(() => {
    for (const details of document.querySelectorAll("#queue-list details[open]")) {
      details.dispatchEvent(new Event("toggle"));
    }
  });

  /** @param {string} name */
  #tell(name) {
    const count = this.#counts.get(name);
    const summary = document.querySelector(`#queue-list [data-queue="${CSS.escape(name)}"]`);
    if (summary !== null) {
      const dead = summary.closest("[data-dead]") !== null;
      summary.textContent = ` ${count ?? "many"} ${dead ? "dead letter" : "message"}${count === 1 ? "" : "s"}`;
      summary.classList.toggle("wrong", dead && count !== 0);
    }
  }

  /** @param {Pick<QueueState, "name" | "takesDeadLetters">} queue */
  #item({ name, takesDeadLetters }) {
    const count = element("span");
    count.dataset["queue"] = name;
    const content = element("div");
    const details = element("details", {}, element("summary", {}, element("code", {}, name), count), content);
    details.addEventListener("toggle", () => {
      if (details.open) {
        void fill(content, name);
      }
    });
    const item = element("li", {}, details);
    if (takesDeadLetters) {
      item.dataset["dead"] = "";
    }
    return item;
  }
}

/**
 * @param {HTMLElement} content
 * @param {string} name
 */
async function fill(content, name) {
  try {
    /** @type {QueueContent} */
    const { messages } = await asked("queue", { name });
    const nothing = element("p", { className: "empty" }, "No message");
    content.replaceChildren(...(messages.length === 0 ? [nothing] : messages.flatMap(messageElements)));
  } catch (error) {
    content.textContent = /** @type {Error} */ (error).message;
  }
}

/** @param {QueueContent["messages"][number]} message */
function messageElements({ at, body, attributes }) {
  const about = [...(at === "" ? [] : [timeElement(at), " "]), attributes];
  return [element("p", { className: "quiet" }, ...about), element("pre", { tabIndex: 0 }, body)];
}
