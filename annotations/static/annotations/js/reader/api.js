/**
 * Talking to the server: JSON, the CSRF token, If-Match, one Idempotency-Key per write (kept through every retry), errors in words.
 */
import { csrfToken, pageUser } from "../csrf.js";
import { t } from "../words.js";

/**
 * What went wrong, in a sentence a person can act on. `kind`: network (may be tried again) | login (signed out, or the page's token is of an older
 * session) | person (somebody else is signed in now) | stale (412) | refused (any other no).
 */
export class ApiError extends Error {
  /** @param {string} kind @param {string} message @param {{status?: number, code?: string, current?: object, after?: number}} [more] after = seconds */
  constructor(kind, message, more = {}) {
    super(message);
    this.kind = kind;
    this.status = more.status ?? 0;
    this.code = more.code ?? "";
    this.current = more.current ?? null;
    this.after = more.after ?? 0;
  }
}

/** @typedef {{data: any, op: string|null, status: number}} Answer `op` = header X-Op, what undo takes */
/**
 * @typedef {{body?: object, etag?: string, key?: string, signal?: AbortSignal, user?: string, tries?: number, patience?: number}} Sent
 *   user = who must be signed in for it; tries = further ones after a network failure; patience = milliseconds until it counts as lost
 */

const AGAIN = new Set([408, 425, 429, 502, 503, 504]);
const READS = new Set(["GET", "HEAD"]);

/**
 * @param {{csrf?: string, fetch?: typeof fetch, wait?: (ms: number) => Promise<void>, pauses?: number[]}} [options]
 *   pauses = milliseconds before each further try after a network failure
 */
export function createApi({ csrf = "", fetch = globalThis.fetch.bind(globalThis), wait = sleep, pauses = [400, 1500] } = {}) {
  /**
   * @param {string} method @param {string} url @param {Sent} [sent]
   * @returns {Promise<Answer>} throws ApiError
   */
  async function request(method, url, sent = {}) {
    const body = sent.body === undefined ? undefined : JSON.stringify(sent.body);
    for (let round = 0; ; round += 1) {
      try {
        const signal = sent.patience ? AbortSignal.timeout(sent.patience) : sent.signal;
        const answer = await once(fetch, url, { method, headers: headersOf(method, sent, csrfToken() || csrf), credentials: "same-origin", signal, body });
        api.heard?.();
        return answer;
      } catch (error) {
        if (error.name === "AbortError" || error.kind !== "network" || round >= (sent.tries ?? pauses.length)) throw error;
        await wait(pauses[round]);
      }
    }
  }
  const api = {
    /** @type {(() => void)|null} told of every answer: the server is there */ heard: null,
    request,
    get: (url, sent) => request("GET", url, sent),
    post: (url, body, sent) => request("POST", url, { key: newKey(), ...sent, body }),
    patch: (url, body, sent) => request("PATCH", url, { key: newKey(), ...sent, body }),
    put: (url, body, sent) => request("PUT", url, { ...sent, body }),
    remove: (url, sent) => request("DELETE", url, { key: newKey(), ...sent }),
  };
  return api;
}

/** @returns {string} a fresh Idempotency-Key; outside secure contexts there is no randomUUID, the bits come from getRandomValues */
export function newKey() {
  if (globalThis.crypto.randomUUID) return globalThis.crypto.randomUUID();
  const bytes = globalThis.crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/** @param {{id: number, version: number}} record @returns {string} */
export const etagOf = (record) => `"${record.id}-${record.version}"`;

const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

function headersOf(method, { body, etag, key, user }, csrf) {
  const headers = { Accept: "application/json, application/problem+json" };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (!READS.has(method) && csrf) headers["X-CSRFToken"] = csrf;
  if (etag) headers["If-Match"] = etag;
  if (key) headers["Idempotency-Key"] = key;
  if (!READS.has(method) && (user || pageUser())) headers["X-User"] = user || pageUser();
  return headers;
}

async function once(fetch, url, init) {
  let response;
  try {
    response = await fetch(url, init);
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new ApiError("network", t("the server cannot be reached"));
  }
  if (AGAIN.has(response.status)) {
    throw new ApiError("network", t("the server is busy"), { status: response.status, after: Number(response.headers.get("Retry-After")) || 0 });
  }
  const data = await bodyOf(response);
  if (!response.ok) throw refusal(response.status, data);
  return { data, op: response.headers.get("X-Op"), status: response.status };
}

async function bodyOf(response) {
  if (response.status === 204 || response.status === 205) return null;
  if (!/json/.test(response.headers.get("Content-Type") ?? "")) return null;
  try {
    return await response.json();
  } catch {
    throw new ApiError("network", t("the answer broke off"));
  }
}

/**
 * The sentence of a problem+json answer.
 * @param {number} status
 * @param {{title?: string, detail?: string, code?: string, errors?: {detail: string}[], current?: object}|null} problem
 */
export function refusal(status, problem) {
  const details = (problem?.errors ?? []).map((error) => error.detail).filter(Boolean);
  const first = problem?.detail || problem?.title;
  const words = [first, ...details.filter((detail) => detail !== first)].filter(Boolean).join(" ");
  const message = words || plain(status);
  return new ApiError(kindOf(status, problem?.code), message, { status, code: problem?.code, current: problem?.current });
}

function kindOf(status, code) {
  if (status === 412) return "stale";
  if (code === "other_member") return "person";
  return status === 401 || code === "csrf" ? "login" : "refused";
}

function plain(status) {
  if (status === 401) return t("you are signed out; sign in again in another tab");
  if (status === 403) return t("you may not do this");
  if (status === 404 || status === 410) return t("it is no longer there");
  if (status === 412) return t("somebody changed it meanwhile");
  return t("the server answered with an error ({status})", { status });
}
