import { importOptional as importFor } from '../ports/package-missing.js'

/** Packages that only some commands need. Users install them on demand. */
const needs = {
  'callsheet serve': 'fastify@5 kysely@0.28 libsql@0.5',
  'callsheet ids': 'kysely@0.28 libsql@0.5',
  'callsheet worker': 'bullmq@6 ioredis@5',
  'A queue': 'bullmq@6 ioredis@5',
  'A language model': 'openai@6',
} as const

/** Loads a module that needs an optional package. @throws {PackageMissing} when it is not installed. */
export async function importOptional<Module>(load: () => Promise<Module>, what: keyof typeof needs): Promise<Module> {
  return importFor(load, what, needs[what])
}
