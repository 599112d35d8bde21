import { expect, test } from 'vitest'
import { importOptional } from '../../../src/app/optional-packages.js'
import { PackageMissing } from '../../../src/ports/package-missing.js'

const missing = Object.assign(new Error("Cannot find package 'bullmq'"), { code: 'ERR_MODULE_NOT_FOUND' })

test('a package that is not installed says what needs it, and how to install it', async () => {
  const loading = importOptional(() => Promise.reject(missing), 'A queue')
  await expect(loading).rejects.toThrow(PackageMissing)
  await expect(loading).rejects.toThrow(
    'A queue needs packages that are not installed. Install them: npm install --save-dev bullmq@6 ioredis@5',
  )
})

test('any other error of a module is its own', async () => {
  const broken = new SyntaxError('It is broken.')
  await expect(importOptional(() => Promise.reject(broken), 'A queue')).rejects.toBe(broken)
})
