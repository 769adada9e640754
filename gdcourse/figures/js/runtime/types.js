// The shapes that figures and runtime share (JSDoc only; nothing runs here).

/** @typedef {Record<string, any> & {type: string}} Event */
/** @typedef {Record<string, any>} Settings */
/** @typedef {{columns: string[], rows: string[][]}} Table */

/**
 * What the runtime keeps in every state beside the figure's own values.
 * @typedef {object} Common
 * @property {number} width  pixels across the inside of the figure's box
 */

/**
 * What `build` gets.
 * @typedef {object} Stage
 * @property {HTMLElement} root       put the figure's elements here
 * @property {HTMLElement} status     the line of words: place it, or it comes last
 * @property {Settings} settings      from the Python declaration
 * @property {(event: Event) => void} send   the only way to change the state
 * @property {AbortSignal} signal     aborted at clean-up: give it to every listener
 */

/**
 * One kind of figure: pure functions of its state, and `build` that draws.
 * @template {Common} State
 * @typedef {object} Kind
 * @property {string} title
 * @property {(settings: Settings) => Omit<State, "width">} begin   the text's values
 * @property {(state: State, event: Event) => State} next
 * @property {(stage: Stage) => (state: State) => void} build
 * @property {(state: State) => string} say                  what to see, in words
 * @property {(state: State) => Table} [table]
 * @property {(state: State) => import("../pure/fragment.js").Numbers} [save]
 * @property {(state: State, numbers: import("../pure/fragment.js").Numbers) => State} [restore]
 * @property {(state: State) => Settings} [moved]            what Python hears of
 */

/**
 * The part of a widget's model that figures use; pages without a kernel stand in for it.
 * @typedef {object} Model
 * @property {(name: string) => any} get
 * @property {(name: string, value: any) => void} set
 * @property {(event: string, listener: () => void) => void} on
 * @property {(event: string, listener: () => void) => void} off
 * @property {() => void} save_changes
 */

/**
 * Where a page keeps the numbers of one figure.
 * @typedef {object} Address
 * @property {() => import("../pure/fragment.js").Numbers} read
 * @property {(numbers: import("../pure/fragment.js").Numbers) => void} write
 * @property {(listener: () => void, signal: AbortSignal) => void} listen
 */

export {};
