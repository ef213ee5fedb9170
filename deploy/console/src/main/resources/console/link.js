// The page's stream of server-sent events. It is opened again when the page shows something else.

const RETRY_MS = 3000;
const EVENTS = ['fleet', 'chains', 'alerts', 'silences', 'node', 'messages'];

export class Link {
  /** @param hear called with an event's name and data  @param tell called with true when connected, false when not */
  constructor(hear, tell) {
    this.hear = hear;
    this.tell = tell;
    this.url = null;
    this.source = null;
  }

  /** Subscribes to the fleet, alerts and silences; also to one node, and to its messages or those of one peer. */
  follow({ node, stream, peer }) {
    const wanted = new URLSearchParams();
    if (node) wanted.set('node', node);
    if (node && stream) wanted.set('stream', '1');
    if (node && stream && peer !== null) wanted.set('peer', peer);
    const url = `/console/api/live?${wanted}`;
    if (url !== this.url) {
      this.url = url;
      this.open();
    }
  }

  open() {
    clearTimeout(this.retry);
    this.source?.close();
    const source = new EventSource(this.url);
    this.source = source;
    source.onopen = () => this.tell(true);
    source.onerror = () => {
      this.tell(false);
      source.close();
      if (source === this.source) this.retry = setTimeout(() => this.open(), RETRY_MS);
    };
    for (const name of EVENTS) {
      source.addEventListener(name, (event) => {
        if (source === this.source) this.hear(name, JSON.parse(event.data));
      });
    }
  }
}

/** Calls the console's own API. @throws Error with the answer's message */
export async function ask(method, path, body) {
  const answer = await fetch(path, {
    method,
    headers: { 'X-Watchdog-Console': '1', ...(body ? { 'Content-Type': 'application/json' } : {}) },
    body: body ? JSON.stringify(body) : undefined,
  });
  const told = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(told.problem ?? `the console answered ${answer.status}`);
  return told;
}
