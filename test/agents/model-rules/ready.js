// The question that is put to every model before the first call.
/** @type {Record<string, import('../model-server.js').Rule>} */
export const rules = { ready: () => ({ ready: true }) }
