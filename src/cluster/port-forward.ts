import { Duplex } from 'node:stream';
import { type Channels, openChannels } from './channels.ts';
import type { WebSocket } from './client-node.ts';
import type { Upgrade } from './cluster.ts';
import { kept } from './kept.ts';

/**
 * A connection to a port of localhost in a Pod. The event `open` tells that the node has the port; it is destroyed with
 * an error where it cannot be had, or breaks off.
 */
export class Forwarded extends Duplex {
  readonly #channels: Channels;
  readonly #said = kept(MOST_WORDS);
  #isOpen = false;
  #waiting: (() => void)[] = [];

  /** @param upgrade `…/pods/NAME/portforward?ports=PORT` */
  static async open(upgrade: Upgrade): Promise<Forwarded> {
    const { WebSocket } = await import('./client-node.ts');
    return new Forwarded(WebSocket, upgrade);
  }

  private constructor(Socket: typeof WebSocket, upgrade: Upgrade) {
    super({ allowHalfOpen: false });
    const greeted = new Set<number>();
    this.#channels = openChannels(Socket, upgrade, {
      protocols: ['v4.channel.k8s.io'],
      onMessage: (channel, bytes) => {
        // The first message of each channel is the port, in two bytes.
        if (!greeted.has(channel)) {
          greeted.add(channel);
          if (greeted.has(DATA) && greeted.has(FAULT)) this.#opened();
        } else if (channel === DATA) this.push(bytes);
        else if (channel === FAULT) {
          this.#said.add(bytes);
          this.#channels.end(this.#said.text());
        }
      },
      onEnd: (fault) => {
        if (fault === undefined) this.push(null);
        this.destroy(fault === undefined ? undefined : new Error(fault));
      },
    });
  }

  #opened(): void {
    this.#isOpen = true;
    this.emit('open');
    for (const send of this.#waiting) send();
    this.#waiting = [];
  }

  override _read(): void {}

  override _write(bytes: Buffer, _encoding: BufferEncoding, done: () => void): void {
    const send = (): void => {
      this.#channels.send(DATA, bytes);
      done();
    };
    if (this.#isOpen) send();
    else this.#waiting.push(send);
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#channels?.end(error?.message);
    done(error);
  }
}

/** k8s.io/kubelet pkg/cri/streaming/portforward/websocket.go: two channels for each port, which is named once in each. */
const DATA = 0;
const FAULT = 1;
const MOST_WORDS = 4096;
