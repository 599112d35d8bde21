import type { SealedSignature } from '../../domain/shown-signature.js'
import type { ViewIndex } from '../model/view-index.js'
import { bytesOf } from '../source/packed.js'

/** Checks the envelopes that the page carries, each with the key that came with it, and says so where they are shown. */
export async function checkSignatures({ signatures = [] }: ViewIndex): Promise<void> {
  for (const place of document.querySelectorAll<HTMLElement>('[data-signature]')) {
    const sealed = signatures[Number(place.dataset['signature'])]?.sealed
    if (sealed) place.textContent = await checked(sealed).catch(() => 'This browser cannot check the signature.')
  }
}

/** What is signed stands beside, in the very words of the envelope: the rest of a page can be edited. */
async function checked({ payload, type, sig, spki, algorithm }: SealedSignature): Promise<string> {
  const how = { name: algorithm, namedCurve: 'P-256', hash: 'SHA-256' }
  const body = bytesOf(payload)
  const head = new TextEncoder().encode(`DSSEv1 ${type.length} ${type} ${body.length} `)
  const key = await crypto.subtle.importKey('spki', bytesOf(spki), how, false, ['verify'])
  const holds = await crypto.subtle.verify(how, key, bytesOf(sig), await new Blob([head, body]).arrayBuffer())
  const id = [...new Uint8Array(await crypto.subtle.digest('SHA-256', bytesOf(spki)))].map(byte => byte.toString(16).padStart(2, '0'))
  const { predicate } = JSON.parse(new TextDecoder().decode(body)) as { predicate: Signed }
  const { signer, decision, result } = predicate
  const says = [signer?.name, signer?.role, decision ?? result].filter(Boolean).join(', ').replaceAll('_', ' ')
  return holds ? `✓ holds: key SHA256:${id.join('').slice(0, 12)} signed “${says}”` : '✗ DOES NOT HOLD: envelope or page was changed'
}

interface Signed {
  readonly signer?: { readonly name: string; readonly role: string }
  readonly decision?: string
  readonly result?: string
}
