import type { Message } from './load-messages.js'
import { knownAre, quote } from './message-words.js'

/** Every sentence about what cannot be imported, or exported, by code. */
export const exchangeMessages = {
  IMPORT_UNKNOWN: (p: { path: string }) => ({
    message: `It cannot be told what ${p.path} is.`,
    hint: 'Say it: --as test-suite, --as csv or --as transcript.',
  }),
  IMPORT_NOT_JSON: (p: { path: string; reason: string }) => ({ message: `${p.path} is not JSON: ${p.reason}.` }),
  IMPORT_TEST_SUITE: (p: { pointer: string; message: string }) => ({ message: `${p.pointer || 'The document'}: ${p.message}` }),
  IMPORT_CSV: (p: { line: number; column: string; message: string }) => ({
    message: `Line ${p.line}${p.column ? `, ${p.column}` : ''}: ${p.message}`,
  }),
  IMPORT_TRANSCRIPT: (p: { place: string; message: string }) => ({ message: `${p.place}: ${p.message}` }),
  IMPORT_RUN_UNKNOWN: (p: { run: string; known: readonly string[] }) => ({
    message: `The result has no run ${quote(p.run)}.`,
    hint: knownAre('run', p.known),
  }),
  IMPORT_RUN_SILENT: (p: { run: string }) => ({
    message: `In the run ${quote(p.run)} the caller said nothing: no conversation was held.`,
  }),
  EXPORT_AGENT_UNKNOWN: (p: { agent: string; known: readonly string[] }) => ({
    message: `There is no agent ${quote(p.agent)} that anything is run with.`,
    hint: knownAre('agent', p.known),
  }),
} satisfies Record<string, (details: never) => Message>
