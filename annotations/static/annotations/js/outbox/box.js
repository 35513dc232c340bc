/**
 * Where writes wait: IndexedDB, so that they outlive the tab; memory where a browser has none or forbids it. Everything is one `change` at a time.
 */

/** @typedef {import("./rows.js").Row} Row */ /** @typedef {import("./rows.js").Done} Done */
/**
 * @template T
 * @typedef {(state: {rows: Row[], done: Done[]}) => {put?: Row[], remove?: string[], done?: Done[], forget?: string[], give?: T}} Work
 */

const NAME = "aigov-outbox";

/** Lives as long as the page. `store` may be shared, as tabs share a database (tests). */
export class MemoryBox {
  /** Whether what waits outlives the page. */ kept = false;

  constructor(store = { rows: new Map(), done: new Map(), lease: null }) {
    this.store = store;
  }

  /** @template T @param {Work<T>} work @returns {Promise<T|undefined>} */
  async change(work) {
    const { rows, done } = this.store;
    const result = work({ rows: structuredClone([...rows.values()]), done: [...done.values()] });
    for (const key of result.remove ?? []) rows.delete(key);
    for (const row of result.put ?? []) rows.set(row.key, structuredClone(row));
    for (const one of result.done ?? []) done.set(one.key, one);
    for (const key of result.forget ?? []) done.delete(key);
    this.counted?.([...rows.values()]);
    return result.give;
  }

  /** @param {(lease: object|null) => object|null} work what the lease becomes; the same object = unchanged */
  async lease(work) {
    this.store.lease = work(this.store.lease);
    return this.store.lease;
  }
}

const asked = (request) => new Promise((done, fail) => {
  request.onsuccess = () => done(request.result);
  request.onerror = () => fail(request.error);
});

export class IdbBox {
  kept = true;

  /** @param {IDBDatabase} db */
  constructor(db) {
    this.db = db;
  }

  /** @template T @param {Work<T>} work @returns {Promise<T|undefined>} */
  change(work) {
    return new Promise((done, fail) => {
      const deal = this.db.transaction(["rows", "done"], "readwrite");
      const [rows, answered] = [deal.objectStore("rows"), deal.objectStore("done")];
      let give;
      deal.oncomplete = () => done(give);
      deal.onabort = () => fail(deal.error ?? new Error("aborted"));
      Promise.all([asked(rows.getAll()), asked(answered.getAll())]).then(([all, over]) => {
        const result = work({ rows: all, done: over });
        give = result.give;
        for (const key of result.remove ?? []) rows.delete(key);
        for (const row of result.put ?? []) rows.put(row);
        for (const one of result.done ?? []) answered.put(one);
        for (const key of result.forget ?? []) answered.delete(key);
        this.counted?.(merged(all, result));
      }).catch((error) => {
        fail(error);
        deal.abort();
      });
    });
  }

  /** @param {(lease: object|null) => object|null} work */
  lease(work) {
    return new Promise((done, fail) => {
      const deal = this.db.transaction("lease", "readwrite");
      const store = deal.objectStore("lease");
      let result = null;
      deal.oncomplete = () => done(result);
      deal.onabort = () => fail(deal.error);
      asked(store.get("courier")).then((found) => {
        result = work(found ?? null);
        if (result) store.put(result, "courier");
        else store.delete("courier");
      }, fail);
    });
  }
}

function merged(rows, { remove = [], put = [] }) {
  const found = new Map(rows.map((row) => [row.key, row]));
  for (const key of remove) found.delete(key);
  for (const row of put) found.set(row.key, row);
  return [...found.values()];
}

/** @returns {Promise<IdbBox|MemoryBox>} */
export async function openBox() {
  try {
    const opening = indexedDB.open(NAME, 1);
    opening.onupgradeneeded = () => {
      opening.result.createObjectStore("rows", { keyPath: "key" });
      opening.result.createObjectStore("done", { keyPath: "key" });
      opening.result.createObjectStore("lease");
    };
    const db = await asked(opening);
    db.onversionchange = () => db.close();
    return new IdbBox(db);
  } catch {
    return new MemoryBox(); // Storage is forbidden or broken: it works within this page, and leaving it warns.
  }
}
