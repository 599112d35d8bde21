import { StoreError } from '../ports/store.js'

/** The packages that only some commands need, and that are therefore installed only by those who use them. */
const needs: Readonly<Record<string, string>> = {
  'callsheet serve': 'fastify@5 kysely@0.28 libsql@0.5',
  'callsheet worker': 'bullmq@6 ioredis@5',
  '--queue': 'bullmq@6 ioredis@5',
  'A language model': 'openai@6',
}

/** Loads what needs optional packages. @throws {StoreError} that says what to install, where one of them is missing. */
export async function importOptional<Module>(load: () => Promise<Module>, what: keyof typeof needs): Promise<Module> {
  try {
    return await load()
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'ERR_MODULE_NOT_FOUND')) throw cause
    throw new StoreError(`${what} needs packages that are not installed: npm install --save-dev ${needs[what]}`)
  }
}
