import { asked, atMostEachSecond, byId, element } from "./element.js";
import { Feed } from "./feed.js";
import { Queues } from "./queues.js";
import { Tenants } from "./tenants.js";
import { Why } from "./why.js";
/** @import { Beginning, GatewayState, Row } from "../messages" */

const why = new Why();
const tenants = new Tenants();
const queues = new Queues();
const feed = new Feed((line) => void why.askAbout(line));

/** Of the denials since they were last told, for whoever hears the page instead of seeing it. */
const untold = { count: 0, last: "" };

const tellDenials = atMostEachSecond(() => {
  byId("announcement", HTMLElement).textContent =
    untold.count === 1 ? untold.last : `${untold.count} denials: ${untold.last}`;
  untold.count = 0;
});

const source = new EventSource("events");

on("beginning", (/** @type {Beginning} */ { state, rows }) => {
  tell("Live", false);
  showState(state);
  feed.begin(rows);
});
on("state", showState);
on("row", takeRow);
on("missed", (/** @type {number} */ count) => {
  feed.add({
    at: new Date().toISOString(),
    about: "log",
    text: `${count} events are missing: this page did not keep up`,
    isWrong: true,
  });
  asked("state", {}).then(showState, tellFault);
});
on("fault", (/** @type {string} */ message) => tellFault(new Error(message)));
source.addEventListener("error", () =>
  source.readyState === EventSource.CLOSED
    ? void tellWhyClosed()
    : tell("The gateway does not answer. Where it was started anew, open the address that it prints", true),
);

/** An event source does not know what it was answered. */
async function tellWhyClosed() {
  const asking = new AbortController();
  try {
    const response = await fetch("events", { signal: asking.signal });
    tell(response.ok ? "Load this page again" : `The gateway does not serve this page: ${await response.text()}`, true);
  } catch (error) {
    tellFault(/** @type {Error} */ (error));
  }
  asking.abort();
}

/** @param {Error} fault */
function tellFault({ message }) {
  tell(`Something cannot be shown: ${message}`, true);
}

/**
 * @template Content
 * @param {string} type
 * @param {(content: Content) => void} take
 */
function on(type, take) {
  source.addEventListener(type, ({ data }) => {
    /** @type {Content} */
    const content = JSON.parse(String(data));
    take(content);
  });
}

/**
 * @param {string} text
 * @param {boolean} isLost
 */
function tell(text, isLost) {
  const connection = byId("connection", HTMLElement);
  connection.textContent = text;
  connection.classList.toggle("lost", isLost);
}

/** @param {GatewayState} state */
function showState(state) {
  const { stack, endpoint, hostKeyFingerprint, folder, notes, refusal } = state;
  document.title = byId("title", HTMLElement).textContent = `SFTP gateway of stack ${stack}`;
  /** @type {[string, string][]} */
  const facts = [
    ["Serves", endpoint],
    ["Host key", hostKeyFingerprint],
    ["Files lie in", folder],
  ];
  byId("facts", HTMLElement).replaceChildren(
    ...facts.flatMap(([name, value]) => [element("dt", {}, name), element("dd", {}, element("code", {}, value))]),
  );
  byId("notes", HTMLElement).replaceChildren(...notes.map((note) => element("li", {}, note)));
  showRefusal(refusal);
  tenants.show(state);
  queues.show(state);
  const names = [...state.tenants, ...state.absent].map(({ name }) => name);
  feed.offer(names, new Map(state.tenants.map(({ name, spaces = [] }) => [name, spaces])));
  why.offer(names);
}

/** @param {string | undefined} why */
function showRefusal(why) {
  const shown =
    why === undefined
      ? []
      : [
          element("p", { className: "wrong" }, "What was saved last is not served; what was served before still is."),
          element("pre", { tabIndex: 0 }, why),
        ];
  byId("refusal", HTMLElement).replaceChildren(...shown);
}

/** @param {Row} row */
function takeRow(row) {
  feed.add(row);
  queues.take(row);
  if (row.about === "log") {
    tenants.refresh();
  }
  if (row.denied !== undefined) {
    untold.count += 1;
    untold.last = row.text;
    tellDenials();
  }
}
