import { render } from 'preact'
import { enliven } from './parts/links.js'
import { Page } from './screens/page.js'
import { embeddedSource } from './source/embedded.js'

/** Until the index is unpacked, the page is what it was rendered as; if it cannot be, it remains so. */
async function begin(app: HTMLElement): Promise<void> {
  const source = embeddedSource(document)
  try {
    const index = await source.index()
    document.getElementById('examples')?.remove()
    enliven(document)
    render(<Page index={index} source={source} />, app)
  } catch (cause) {
    const note = document.createElement('p')
    note.setAttribute('role', 'alert')
    note.textContent = `The runs of this page cannot be shown: ${String(cause)}`
    app.append(note)
  }
}

const app = document.getElementById('app')
if (app) void begin(app)
