// @ts-check
// The full text: Pagefind's bundles, one or several for each language, searched as one.

const RANKING = { termSimilarity: 2, pageLength: 0.6, termFrequency: 0.8, metaWeights: { title: 4, video: 1, also: 1, channel: 0, date: 0 } };
const AROUND = 45; // words between a match and a moment that speaks of it, at most

/**
 * @typedef {{id: string, score: number, data: () => Promise<any>}} Hit
 * @typedef {{hits: Map<string, Hit>, filters: Record<string, Record<string, number>>}} Hits
 */

export class Text {
  /** @type {Promise<{engines: any[], ranks: Map<string, number>}> | null} */
  #loaded = null;

  /**
   * @param {string} folder the URL of the folder of the bundles
   * @param {string} root the URL of the root of the site
   * @param {string[][]} languages the names of the bundles of each language
   */
  constructor(folder, root, languages) {
    this.folder = new URL(folder, location.href).href;
    this.root = new URL(root, location.href).pathname;
    this.languages = languages;
  }

  load() {
    this.#loaded ??= this.#load();
    this.#loaded.catch(() => (this.#loaded = null));
    return this.#loaded;
  }

  async #load() {
    const engines = Promise.all(
      this.languages.map(async ([first, ...others]) => {
        // Each language has a module of its own: Pagefind reads queries by the rules of one language.
        const engine = await import(`${this.folder}/${first}/pagefind.js`);
        const options = { baseUrl: this.root, ranking: RANKING };
        await engine.options(options);
        await engine.init();
        for (const other of others) await engine.mergeIndex(`${this.folder}/${other}`, options);
        return engine;
      }),
    );
    const ranks = new Map();
    const lists = this.languages.flat().map(async (bundle) => {
      const language = bundle.replace(/-\d+$/, "");
      /** @type {Record<string, string>} */
      const powers = await (await fetch(`${this.folder}/${bundle}/ranks.json`)).json();
      for (const [power, ids] of Object.entries(powers)) {
        for (const [id] of ids.matchAll(/.{7}/g)) ranks.set(`${language}_${id}`, Number(power));
      }
    });
    await Promise.all(lists);
    return { engines: await engines, ranks };
  }

  /**
   * Every page with all words of a query.
   * @param {string} query
   * @param {Record<string, string>} [filters]
   * @returns {Promise<Hits>}
   */
  async search(query, filters = {}) {
    const { engines } = await this.load();
    const hits = new Map();
    /** @type {Hits["filters"]} */
    const counts = {};
    for (const engine of engines) {
      const answer = await engine.search(query, { filters });
      for (const hit of answer.results) hits.set(hit.id, hit);
      for (const [filter, values] of Object.entries(answer.filters ?? {})) {
        counts[filter] ??= {};
        for (const [value, count] of Object.entries(values)) counts[filter][value] = (counts[filter][value] ?? 0) + Number(count);
      }
    }
    return { hits, filters: counts };
  }

  /** Have the next searches count what each filter leaves. */
  async count() {
    const { engines } = await this.load();
    await Promise.all(engines.map((engine) => engine.filters()));
  }

  /** @returns {Promise<Map<string, number>>} the powers of two of the links to pages that many link to */
  async ranks() {
    return (await this.load()).ranks;
  }
}

/**
 * The moment of the video that is nearest to a word of a page: the one behind it, as notes have it, if it is near.
 * @param {{id: string, location: number}[]} anchors
 * @param {number} location
 * @returns {number | null} seconds
 */
export function momentAt(anchors, location) {
  /** @type {{seconds: number, at: number} | null} */
  let previous = null;
  for (const { id, location: at } of anchors) {
    const seconds = /^t-(\d+)$/.exec(id)?.[1];
    if (!seconds) continue;
    if (at > location) {
      if (at - location <= AROUND || !previous) return at - location <= 4 * AROUND ? Number(seconds) : null;
      break;
    }
    previous = { seconds: Number(seconds), at };
  }
  return previous && location - previous.at <= 4 * AROUND ? previous.seconds : null;
}
