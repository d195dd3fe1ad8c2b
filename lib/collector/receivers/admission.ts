import { sleep } from "../../time.ts";
import type { Store } from "../store/store.ts";
import { overloaded, tooSlow } from "./refused_error.ts";

const MIB = 2 ** 20;

/** The limit for bytes that wait to be stored, including those being received. */
export const DEFAULT_MAX_PENDING_BYTES = 32 * MIB;
/** A part of the limit is reserved for requests up to this size, so that long ones never block them. */
const SMALL_BYTES = 256 * 1024;
/** The size of that reserve, as a share of the limit. */
const SMALL_SHARE = 1 / 4;
/** The limit of one connection while others also send long requests, as a share of the limit. */
const PEER_SHARE = 1 / 2;
/** While the store's waiting bytes are below this share, the first request is never delayed. */
const ELDEST_SHARE = 1 / 4;

/**
 * The number of HTTP/2 connections whose requests may wait. Meanwhile, data that they have already sent
 * fills the connection's window.
 */
const MAX_WAITING_PEERS = 4;
/** How long a request waits for memory. */
const PATIENCE_MS = 5000;
/** How often to check whether other senders have become too slow. */
const LOOK_MS = 250;
/** While others wait, a body that has not grown for this long gives way... */
const STALL_MS = 1000;
/** ...and so does one whose rate would need longer than this for the bytes that it has. */
const MAX_SECONDS_OF_HELD = 32;

/** Options of {@linkcode Admission}. */
export interface AdmissionOptions {
  maxPendingBytes?: number;
  now?: () => number;
}

/**
 * Bounds the memory of requests on their way into the store, for all receivers. The first long request
 * may exceed the limit; otherwise it could never be accepted. So memory is bounded by `maxPendingBytes`
 * plus one request.
 */
export class Admission {
  readonly #store: Pick<Store, "pendingBytes">;
  readonly #maxBytes: number;
  readonly #now: () => number;
  readonly #active = new Set<Reservation>();
  /** Requests beyond `SMALL_BYTES`, the oldest first. */
  readonly #long = new Set<Reservation>();
  readonly #waiting = new Set<Reservation>();
  #heldBytes = 0;
  /** Bytes of short requests, including those that are received but not stored yet. */
  #smallBytes = 0;
  #released = Promise.withResolvers<void>();

  constructor(
    store: Pick<Store, "pendingBytes">,
    { maxPendingBytes = DEFAULT_MAX_PENDING_BYTES, now = () => performance.now() }:
      AdmissionOptions = {},
  ) {
    this.#store = store;
    this.#maxBytes = maxPendingBytes;
    this.#now = now;
  }

  /**
   * Starts to receive a request. Dispose it as soon as it has a response.
   *
   * @param sender Its connection, and whether the connection buffers data while it waits.
   */
  enter(sender: Sender = { peer: "", isBuffered: false }): Reservation {
    const reservation: Reservation = new Reservation(sender, {
      now: this.#now,
      take: (bytes) => this.#take(reservation, bytes),
      change: (bytes) => this.#change(reservation, bytes),
      leave: () => this.#leave(reservation),
    });
    this.#active.add(reservation);
    return reservation;
  }

  /** Returns nothing if enough memory is available immediately. */
  #take(reservation: Reservation, bytes: number): void | Promise<void> {
    if (this.#fits(reservation, bytes)) return this.#change(reservation, bytes);
    return this.#wait(reservation, bytes);
  }

  async #wait(reservation: Reservation, bytes: number): Promise<void> {
    const end = this.#now() + PATIENCE_MS;
    try {
      while (!this.#fits(reservation, bytes)) {
        this.#revokeSlow();
        if (this.#fits(reservation, bytes)) break;
        const isFull = this.#store.pendingBytes >= this.#maxBytes || !this.#mayWait(reservation);
        if (isFull || this.#now() >= end) {
          throw overloaded(`${this.#pendingBytes} bytes wait to be stored`);
        }
        this.#waiting.add(reservation);
        const done = new AbortController();
        await Promise.race([this.#released.promise, sleep(LOOK_MS, done.signal)]);
        done.abort();
        reservation.check();
      }
    } finally {
      this.#waiting.delete(reservation);
    }
    this.#change(reservation, bytes);
  }

  #fits(reservation: Reservation, bytes: number): boolean {
    const before = this.#pendingBytes;
    const isSmall = reservation.heldBytes + bytes <= SMALL_BYTES;
    if (!isSmall) this.#long.add(reservation);
    if (bytes <= 0 || before === reservation.heldBytes) return true;
    if (isSmall && this.#smallBytes + bytes <= this.#maxBytes * SMALL_SHARE) return true;
    const [eldest] = this.#long;
    if (reservation === eldest && this.#store.pendingBytes < this.#maxBytes * ELDEST_SHARE) {
      return true;
    }
    const [next = reservation] = this.#waiting;
    return next === reservation && before + bytes <= this.#maxBytes &&
      this.#isWithinShare(reservation.sender.peer, bytes);
  }

  #change(reservation: Reservation, bytes: number): void {
    this.#heldBytes += bytes;
    this.#smallBytes -= reservation.smallBytes;
    reservation.grow(bytes, SMALL_BYTES);
    this.#smallBytes += reservation.smallBytes;
    if (bytes < 0) this.#notify();
  }

  #leave(reservation: Reservation): void {
    this.#active.delete(reservation);
    this.#long.delete(reservation);
    this.#smallBytes -= reservation.smallBytes;
    this.#notify();
  }

  #notify(): void {
    const { resolve } = this.#released;
    this.#released = Promise.withResolvers();
    resolve();
  }

  #revokeSlow(): void {
    for (const reservation of this.#active) {
      if (!this.#waiting.has(reservation) && reservation.isSlow()) reservation.revoke();
    }
  }

  #mayWait({ sender }: Reservation): boolean {
    if (!sender.isBuffered) return true;
    const peers = new Set([sender.peer]);
    for (const { sender } of this.#waiting) if (sender.isBuffered) peers.add(sender.peer);
    return peers.size <= MAX_WAITING_PEERS;
  }

  #isWithinShare(peer: string, bytes: number): boolean {
    let heldBytes = 0;
    let isAlone = true;
    for (const reservation of this.#long) {
      if (reservation.sender.peer === peer) heldBytes += reservation.heldBytes;
      else isAlone = false;
    }
    return isAlone || heldBytes + bytes <= this.#maxBytes * PEER_SHARE;
  }

  get #pendingBytes(): number {
    return this.#store.pendingBytes + this.#heldBytes;
  }
}

/** The origin of a request. */
export interface Sender {
  /** Identifies the connection. */
  peer: string;
  /** Whether the connection buffers unread data, as in HTTP/2. */
  isBuffered: boolean;
}

/** The functions of an admission for its reservations. */
interface Office {
  now(): number;
  take(bytes: number): void | Promise<void>;
  change(bytes: number): void;
  leave(): void;
}

/** The bytes that one request holds. */
export class Reservation implements Disposable {
  readonly sender: Sender;
  readonly #office: Office;
  readonly #revoked = Promise.withResolvers<never>();
  #heldBytes = 0;
  #mostBytes = 0;
  #smallBytes = 0;
  #isOver = false;
  #isReceiving = false;
  #isRevoked = false;
  #grownAt: number;
  /** How many bytes it held when another request began to wait, and the time of that. */
  #mark: { bytes: number; at: number } | undefined;

  constructor(sender: Sender, office: Office) {
    this.sender = sender;
    this.#office = office;
    this.#grownAt = office.now();
    // Prevents an unhandled rejection, because there may be nothing that awaits it.
    this.#revoked.promise.catch(() => {});
  }

  get heldBytes(): number {
    return this.#heldBytes;
  }

  /**
   * Waits some seconds for this many more bytes; returns nothing if they are available immediately.
   *
   * @throws {RefusedError} If it had to give way. The promise rejects with it if there is no memory in
   * time.
   */
  add(bytes: number): void | Promise<void> {
    this.check();
    return this.#office.take(bytes);
  }

  /** Records how many bytes it actually holds now. */
  set(bytes: number): void {
    this.#office.change(bytes - this.#heldBytes);
  }

  /**
   * Waits for data from a sender. If the sender is too slow, the request gives way to others.
   *
   * @throws {RefusedError} If it had to give way.
   */
  async receive<T>(reading: Promise<T>): Promise<T> {
    this.#isReceiving = true;
    this.#grownAt = this.#office.now();
    try {
      return await Promise.race([reading, this.#revoked.promise]);
    } finally {
      this.#isReceiving = false;
    }
  }

  /** @throws {RefusedError} If it had to give way. */
  check(): void {
    if (this.#isRevoked) throw tooSlow();
  }

  /** Its size if it is a short request; 0 for a long one. */
  get smallBytes(): number {
    return this.#smallBytes;
  }

  /** Counts bytes that were granted. */
  grow(bytes: number, maxSmallBytes: number): void {
    this.#heldBytes += bytes;
    this.#mostBytes = Math.max(this.#mostBytes, this.#heldBytes);
    this.#smallBytes = this.#mostBytes <= maxSmallBytes ? this.#mostBytes : 0;
    this.#grownAt = this.#office.now();
  }

  /** From now on, its bytes count as the store's. */
  handOver(): void {
    if (this.#heldBytes > 0) this.set(0);
  }

  /** Whether its sender is too slow for others to wait. */
  isSlow(): boolean {
    if (!this.#isReceiving || this.#heldBytes === 0) return false;
    const now = this.#office.now();
    if (now - this.#grownAt >= STALL_MS) return true;
    this.#mark ??= { bytes: this.#heldBytes, at: now };
    const { bytes, at } = this.#mark;
    if (now - at < STALL_MS) return false;
    this.#mark = undefined;
    const perSecond = (this.#heldBytes - bytes) / (now - at) * 1000;
    return perSecond < this.#heldBytes / MAX_SECONDS_OF_HELD;
  }

  /** Gives way to others. */
  revoke(): void {
    this.#isRevoked = true;
    this[Symbol.dispose]();
    this.#revoked.reject(tooSlow());
  }

  [Symbol.dispose](): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.handOver();
    this.#office.leave();
  }
}
