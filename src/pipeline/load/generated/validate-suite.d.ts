// Generated from schemas/suite.schema.json by npm run generate; do not edit
import type { ErrorObject } from 'ajv'
import type { Suite } from '../../../domain/generated/suite.js'

/** Whether `data` has the shape of a suite; if not, `validateSuite.errors` says why, until the next call. */
export declare const validateSuite: {
  (data: unknown): data is Suite
  errors?: ErrorObject[] | null
}
