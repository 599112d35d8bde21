import type { Message } from './load-messages.js'
import { knownAre, quote } from './message-words.js'

/** Every diagnostic of import and export, by code. */
export const exchangeMessages = {
  IMPORT_UNKNOWN: (p: { path: string }) => ({
    message: `The format of ${p.path} was not recognized.`,
    hint: 'Use --as test-suite, --as csv or --as transcript.',
  }),
  IMPORT_NOT_JSON: (p: { path: string; reason: string }) => ({ message: `${p.path} is not JSON: ${p.reason}.` }),
  IMPORT_TOO_DEEP: (p: { path: string; deepest: number }) => ({
    message: `${p.path} nests more than ${p.deepest} levels deep.`,
    hint: 'A conversation needs only a few levels. Check how the file was made.',
  }),
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
    message: `The run ${quote(p.run)} has no conversation to import: the caller said nothing.`,
  }),
  EXPORT_AGENT_UNKNOWN: (p: { agent: string; known: readonly string[] }) => ({
    message: `No run entry uses an agent ${quote(p.agent)}.`,
    hint: knownAre('agent', p.known),
  }),
} satisfies Record<string, (details: never) => Message>
