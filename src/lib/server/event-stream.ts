/** Streams that are open, so that a stopping server can end them at once instead of waiting for them. */
const open = new Set<() => void>();

/** A proxy that hears nothing for a minute hangs up. */
const PING_MS = 15_000;
/** Frames that a reader may be behind: one that reads no more must not fill the memory. */
const BEHIND_MAX = 1_000;
/** What a browser waits before it comes back. */
const RETRY_MS = 1_000;

export type SendFrame = (frame: { id?: string; data: string }) => void;
/** Ends the stream from this side: the reader comes back and goes on where it was. */
export type EndStream = () => void;

/**
 * Server-sent events: `follow` gets a function that sends frames and answers how to stop. It is stopped when
 * the reader goes away or the server stops.
 */
export function eventStream(follow: (send: SendFrame, end: EndStream) => () => void): Response {
  let stop = () => {};
  let over = false;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const encoder = new TextEncoder();
      const write = (text: string) => controller.enqueue(encoder.encode(text));
      write(`retry: ${RETRY_MS}\n\n`);
      const ping = setInterval(() => write(': \n\n'), PING_MS);
      const end = () => {
        if (over) return;
        over = true;
        stop();
        controller.close();
      };
      const send: SendFrame = ({ id, data }) => {
        if (over) return;
        write(`${id ? `id: ${id}\n` : ''}data: ${data}\n\n`);
        if ((controller.desiredSize ?? 0) < -BEHIND_MAX) end();
      };
      const unfollow = follow(send, end);
      stop = () => {
        clearInterval(ping);
        unfollow();
        open.delete(end);
        stop = () => {};
      };
      open.add(end);
    },
    cancel() {
      over = true;
      stop();
    },
  });
  return new Response(body, {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
    },
  });
}

/** Ends all streams: a stopping server must not wait for readers. */
export function closeEventStreams(): void {
  for (const end of open) end();
}
