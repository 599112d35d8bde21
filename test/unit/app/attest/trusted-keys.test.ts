import { expect, test } from 'vitest'
import { makeKeys, readPublicKey } from '../../../../src/adapters/attest/keys.js'
import { unfilledRoles, type TrustedKey } from '../../../../src/app/attest/trusted-keys.js'

const keyOf = (name: string, ...roles: string[]): TrustedKey => {
  const made = makeKeys('ed25519', undefined)
  return { name, roles, key: readPublicKey(made.public), id: made.id }
}
const ada = keyOf('Ada', 'qa', 'product')
const ben = keyOf('Ben', 'qa')
const eve = keyOf('Eve', 'other')

test.each([
  ['nobody is required', [], [], []],
  ['one of each', ['qa', 'product'], [ada, ben], []],
  ['whichever order', ['product', 'qa'], [ben, ada], []],
  ['one key fills one role', ['qa', 'product'], [ada], ['product']],
  ['a key that signed twice counts once', ['qa', 'qa'], [ben, ben], ['qa']],
  ['two people of one role', ['qa', 'qa'], [ada, ben], []],
  ['another role', ['qa'], [eve], ['qa']],
])('%s', (_, required, signers, missing) => expect(unfilledRoles(required, signers)).toEqual(missing))
