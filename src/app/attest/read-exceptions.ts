import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { storeFailure } from '../../adapters/stores/failure.js'
import { isRecord } from '../../domain/json-value.js'
import type { Waiver } from '../../domain/waiver.js'
import { readWaiver } from '../../domain/waiver-problems.js'
import { AttestRefused } from './refused.js'

/**
 * The exceptions in a YAML file: a list, or a mapping with the list under `waivers`.
 *
 * @throws {AttestRefused} when it is malformed. @throws {StoreError} when it cannot be read.
 */
export function readExceptions(path: string): Waiver[] {
  const list = listIn(readYaml(path))
  if (!list) throw new AttestRefused(`${path} has no list of exceptions. Write one under waivers.`)
  return list.map((value, i) => {
    const waiver = readWaiver(value, i + 1)
    if (typeof waiver === 'string') throw new AttestRefused(`${path}: ${waiver}`)
    return waiver
  })
}

function listIn(value: unknown): readonly unknown[] | undefined {
  const list = isRecord(value) ? value['waivers'] : value
  return Array.isArray(list) ? list : undefined
}

/** @throws {AttestRefused} when it is not YAML. @throws {StoreError} when it cannot be read. */
export function readYaml(path: string): unknown {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (cause) {
    throw storeFailure('unreadable', `Cannot read ${path}`, cause, 'Name a file that you may read.')
  }
  try {
    return parse(text, { schema: 'core' })
  } catch (cause) {
    throw new AttestRefused(`${path} is not YAML: ${cause instanceof Error ? cause.message.split('\n')[0] : ''}`, { cause })
  }
}
