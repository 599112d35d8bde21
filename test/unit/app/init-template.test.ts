import { readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { starterFiles } from '../../../src/app/init-template.js'

const files = new Map(starterFiles().map(({ path, text }) => [path, text]))

test('every file lies inside the folder, once', () => {
  expect(files.size).toBe(starterFiles().length)
  for (const path of files.keys()) expect(posix.normalize(path)).toBe(path)
})

test('the suite is valid, and its agent is among the files', () => {
  const suite: unknown = parse(files.get('callsheet/suite.yaml') ?? '')
  const schema = JSON.parse(readFileSync(new URL('../../../schemas/suite.schema.json', import.meta.url), 'utf8')) as object
  const validate = new Ajv2020({ strict: false }).compile(schema)
  expect(validate(suite) || validate.errors).toBe(true)
  expect(suite).toHaveProperty('agents.shop.connection.path', 'agent.mjs')
  expect(files.has('callsheet/agent.mjs')).toBe(true)
})

test('the workflow runs the suite that is written, and only when asked to', () => {
  const workflow: unknown = parse(files.get('.github/workflows/callsheet.yml') ?? '')
  expect(workflow).toMatchObject({ on: { workflow_dispatch: null } })
  expect(JSON.stringify(workflow)).toContain('callsheet run callsheet/suite.yaml --junit')
})
