/** An in-memory server that keeps the promises of the API, and breaks when told to. */

/** @param {object[]} [records] annotations it starts with */
export function fakeServer(records = []) {
  const rows = new Map(records.map((record) => [record.id, { ...record }]));
  const answered = new Map();
  const ops = new Map();
  const log = [];
  const plans = [];
  let next = 100;

  const reply = (status, data, op) => ({
    ok: status < 400,
    status,
    headers: new Headers({ "Content-Type": status < 400 ? "application/json" : "application/problem+json", ...(op ? { "X-Op": op } : {}) }),
    json: async () => data,
  });
  const statement = (wanted) => ({
    occurrence: (next += 1), id: wanted.id ?? (next += 1), label: wanted.id ? `C-${wanted.id}` : `${wanted.kind === "claim" ? "C" : "P"}-${next}`,
    kind: wanted.kind ?? "claim", fit: wanted.fit ?? "same", difference: wanted.difference, status: "untriaged", verdict: null, version: 1,
  });

  function write(method, path, body, headers) {
    const id = Number(path.match(/annotations\/(\d+)\/$/)?.[1]);
    if (method === "POST" && path.endsWith("/documents/1/annotations/")) {
      const row = {
        id: (next += 1), version: 1, start: body.start, end: body.end, clean_start: body.start, clean_end: body.end, quote: body.exact, note: body.note,
        tags: body.tags, statements: body.statements.map(statement), creator: { id: 1, name: "陈" }, created_at: "2026-01-01T00:00:00Z", anchor_state: "ok",
      };
      rows.set(row.id, row);
      return [201, row, () => rows.delete(row.id), () => rows.set(row.id, row)];
    }
    const row = rows.get(id);
    if (!row) return [404, { detail: "No such passage." }];
    if (!headers["If-Match"]) return [428, { detail: "If-Match is missing." }];
    if (headers["If-Match"] !== `"${id}-${row.version}"`) return [412, { detail: "Somebody changed it.", current: row }];
    const before = row;
    if (method === "DELETE") {
      rows.delete(id);
      return [204, null, () => rows.set(id, { ...before, version: before.version + 1 }), () => rows.delete(id)];
    }
    const after = { ...row, version: row.version + 1 };
    after.note = body.note ?? row.note;
    after.tags = [...(body.tags ?? row.tags), ...(body.add_tags ?? [])].filter((tag) => !(body.remove_tags ?? []).includes(tag));
    after.statements = [...row.statements.filter((one) => !(body.remove_statements ?? []).includes(one.occurrence)), ...(body.add_statements ?? []).map(statement)];
    rows.set(id, after);
    const turn = (state) => () => rows.set(id, { ...state, version: rows.get(id).version + 1 });
    return [200, after, turn(before), turn(after)];
  }

  async function fetch(url, init) {
    const body = init.body ? JSON.parse(init.body) : undefined;
    log.push({ method: init.method, url, body, headers: init.headers });
    const plan = plans.shift();
    if (plan === "drop") throw new TypeError("network");
    if (typeof plan === "number") return reply(plan, { detail: `planned ${plan}` });
    if (typeof plan === "function") await plan(rows);
    const key = init.headers["Idempotency-Key"];
    if (init.method === "GET") {
      const row = rows.get(Number(url.match(/annotations\/(\d+)\/$/)?.[1]));
      return row ? reply(200, row) : reply(404, { detail: "No such passage." });
    }
    if (url.endsWith("/undo/") || url.endsWith("/redo/")) {
      const op = ops.get(body.op);
      if (!op) return reply(404, { detail: "No such change." });
      (url.endsWith("/undo/") ? op.undo : op.redo)();
      return reply(200, {});
    }
    if (answered.has(key)) return reply(200, answered.get(key).data, key);
    const [status, data, undo, redo] = write(init.method, url, body, init.headers);
    if (status < 400) {
      answered.set(key, { data });
      ops.set(key, { undo, redo });
    }
    if (plan === "drop answer") throw new TypeError("network");
    return reply(status, data, status < 400 ? key : null);
  }
  return { fetch, log, plans, rows };
}
