import { render } from 'preact'
import { pageView } from './page-view.js'
import { checkSignatures } from './parts/check-signatures.js'
import { enliven } from './parts/links.js'
import { Screen, toggleHelp } from './screens/screen.js'
import { embeddedText, packedSource } from './source/packed.js'

/** Until the index is unpacked, the page is what it was rendered as; if it cannot be, it remains so. */
async function begin(nav: HTMLElement, screen: HTMLElement): Promise<void> {
  try {
    const source = packedSource(globalThis.callsheetText ?? embeddedText)
    const index = await source.index()
    document.getElementById('examples')?.remove()
    const template = nav.querySelector('template')
    if (template) nav.replaceChildren(template.content)
    // Both its button and the list itself.
    for (const each of nav.querySelectorAll('.help, dialog')) each.addEventListener('click', toggleHelp)
    enliven(document)
    const json = new Blob([JSON.stringify({ started: index.started, report: index.report })], { type: 'application/json' })
    document.querySelector('[data-download]')?.setAttribute('href', URL.createObjectURL(json))
    void checkSignatures(index)
    render(<Screen index={index} source={source} />, screen)
  } catch (cause) {
    const note = document.createElement('p')
    note.setAttribute('role', 'alert')
    note.textContent = `The runs of this page cannot be shown: ${String(cause)}`
    nav.append(note)
  }
}

globalThis.callsheetSound?.(pageView)
const [nav, screen] = ['nav', 'screen'].map(id => document.getElementById(id))
if (nav && screen) void begin(nav, screen)
