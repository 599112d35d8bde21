import { expect, test } from 'vitest'
import { buildDigest } from '../../../src/domain/identity.js'

test.each([
  [{ digest: 'sha256:0a1b' }, { algorithm: 'sha256', hex: '0a1b' }],
  [{ digest: 'registry.example.com/agent@sha256:0a1b' }, { algorithm: 'sha256', hex: '0a1b' }],
  [{ digest: 'gitCommit:0a1b' }, { algorithm: 'gitCommit', hex: '0a1b' }],
  [{ digest: 'gitCommit:0a1b', dirty: true } as const, undefined],
  [{ version: '4.2.1' }, undefined],
  [undefined, undefined],
])('the build that %o tells', (identity, build) => expect(buildDigest(identity)).toEqual(build))
