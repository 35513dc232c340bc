/**
 * The annotations of one document version: what the server said, with what this person did on top until the server has answered.
 */

/**
 * @typedef {object} Statement one statement that a passage expresses
 * @property {number|null} occurrence @property {number|null} id null until saved
 * @property {string|null} label "P-1" @property {"claim"|"proposal"} kind @property {string} fit same | variant
 * @property {string} status @property {string|null} verdict @property {number} [version]
 * @property {string} [voice] @property {string|{name: string}|null} [speaker] @property {string} [modality]
 */
/**
 * @typedef {object} Annotation
 * @property {number} id negative until saved @property {number} version
 * @property {number} start @property {number} end raw code points @property {number} clean_start @property {number} clean_end
 * @property {[number, number][]} [copies] other places of the passage (clean) @property {[number, number][]} [copies_raw]
 * @property {string} quote @property {string} note @property {number[]} tags @property {Statement[]} statements
 * @property {{id: number, name: string}} creator @property {string} created_at @property {string} anchor_state
 * @property {boolean} [saving] @property {boolean} [unsaved] @property {string} [problem] why it is not saved
 * @property {"refused"|"clash"|null} [kept] the server said no, or somebody else changed the same: it stays until somebody decides
 */
/** @typedef {{key: string, apply: (record: Annotation|null) => Annotation|null, failed?: string|null, kept?: "refused"|"clash"|null}} PendingOp */

/** Fires `change` with detail {ids: number[] | null (all), renamed?: [from, to]}. */
export class Store extends EventTarget {
  #base = new Map();
  #ops = new Map();
  #alias = new Map();
  #seen = new Map();
  #temporary = 0;

  /** Replace everything by what the server sent. @param {Annotation[]} records */
  load(records) {
    this.#base = new Map(records.map((record) => [record.id, record]));
    this.#seen.clear();
    this.#changed(null);
  }

  /** Take the server's present state of one annotation; an older version than the known one is left out. @param {Annotation} record */
  upsert(record) {
    const known = this.#base.get(record.id);
    if (known && known.version > record.version) return;
    this.#base.set(record.id, record);
    this.#touch(record.id);
  }

  /** @param {number} id the annotation is gone on the server; what waits on top of it stays until it is answered */
  remove(id) {
    const real = this.real(id);
    this.#base.delete(real);
    this.#touch(real);
  }

  /** A new id for something not saved yet; no other tab and no later visit makes the same. @returns {number} negative */
  temporary() {
    this.#temporary = Math.min(this.#temporary - 1, -(Date.now() * 4096 + Math.floor(Math.random() * 4096)));
    return this.#temporary;
  }

  /** The id an annotation has now: a temporary one leads to the saved one. @param {number} id */
  real(id) {
    return this.#alias.get(id) ?? id;
  }

  /** @param {number} id @param {PendingOp} op shown at once */
  addOp(id, op) {
    const real = this.real(id);
    this.#ops.set(real, [...(this.#ops.get(real) ?? []), op]);
    this.#touch(real);
  }

  /**
   * An op was answered: it goes, the server's state comes, in one step.
   * @param {number} id @param {string} key
   * @param {Annotation|null|undefined} record null = the annotation is gone; undefined = nothing to take over (the op was refused)
   */
  settle(id, key, record) {
    const real = this.real(id);
    const left = (this.#ops.get(real) ?? []).filter((op) => op.key !== key);
    this.#ops.delete(real);
    if (record === null) this.#base.delete(real);
    else if (left.length) this.#ops.set(record?.id ?? real, left);
    if (record && !(this.#base.get(record.id)?.version > record.version)) this.#base.set(record.id, record);
    if (record && record.id !== real) this.#rename(real, record.id);
    else this.#touch(real);
  }

  #rename(from, to) {
    this.#alias.set(from, to);
    this.#seen.delete(from);
    this.#seen.delete(to);
    this.#changed([from, to], [from, to]);
  }

  /** @param {number} id @param {string} key @param {string|null} why not saved; null = being tried again @param {"refused"|"clash"|null} [kept] */
  failOp(id, key, why, kept = null) {
    const real = this.real(id);
    if (!this.#ops.has(real)) return;
    this.#ops.set(real, this.#ops.get(real).map((op) => (op.key === key ? { ...op, failed: why, kept } : op)));
    this.#touch(real);
  }

  /** @param {number} id @returns {Annotation|null} as it should be shown now */
  get(id) {
    const real = this.real(id);
    if (!this.#ops.has(real)) return this.#base.get(real) ?? null;
    if (!this.#seen.has(real)) this.#seen.set(real, this.#fold(real));
    return this.#seen.get(real);
  }

  /** @param {number} id @returns {Annotation|null} as the server last said */
  saved(id) {
    return this.#base.get(this.real(id)) ?? null;
  }

  /** @returns {Annotation[]} all that are to be shown, in no particular order */
  all() {
    const made = [...this.#ops.keys()].filter((id) => !this.#base.has(id));
    return [...this.#base.keys(), ...made].map((id) => this.get(id)).filter(Boolean);
  }

  /** Number of all that are to be shown; without going through them. */
  get size() {
    const touched = [...this.#ops.keys()].map((id) => Number(Boolean(this.get(id))) - Number(this.#base.has(id)));
    return touched.reduce((sum, one) => sum + one, this.#base.size);
  }

  #fold(id) {
    const ops = this.#ops.get(id) ?? [];
    let record = this.#base.get(id) ?? null;
    for (const op of ops) record = op.apply(record);
    if (!record || !ops.length) return record;
    const failed = ops.find((op) => op.kept) ?? ops.find((op) => op.failed);
    return { ...record, id, saving: !failed, unsaved: Boolean(failed), problem: failed?.failed, kept: failed?.kept ?? null };
  }

  #touch(id) {
    this.#seen.delete(id);
    this.#changed([id]);
  }

  #changed(ids, renamed) {
    this.dispatchEvent(new CustomEvent("change", { detail: { ids, renamed } }));
  }
}
