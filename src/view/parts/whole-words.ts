import { createContext } from 'preact'

/** Whether all words are shown, however many: on pages without a script, whose readers judge by them. */
export const WholeWords = /* @__PURE__ */ createContext(false)
