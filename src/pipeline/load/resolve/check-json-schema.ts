import { createRequire } from 'node:module'
import type { Ajv2020 } from 'ajv/dist/2020.js'

const require = createRequire(import.meta.url)

/**
 * Checks that a map is a JSON Schema (2020-12) of an object.
 *
 * @returns Why not, in a few words; `undefined` if it is.
 */
export function whyNoSchema(schema: Readonly<Record<string, unknown>>): string | undefined {
  if (schema['type'] !== 'object') return 'its type must be object'
  // Loaded only for suites with mock tools. The import is synchronous, because mistakes are found in synchronous code.
  const ajv = require('ajv/dist/2020.js') as { Ajv2020: typeof Ajv2020 }
  const { $schema: _, $id: __, ...rest } = schema
  const checker = new ajv.Ajv2020({ strict: false, logger: false, validateFormats: false })
  if (checker.validateSchema(rest) !== true) {
    const [error] = checker.errors ?? []
    return `${error?.instancePath.slice(1).replaceAll('/', '.') || 'it'} ${error?.message ?? 'is wrong'}`
  }
  try {
    checker.compile(rest)
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
